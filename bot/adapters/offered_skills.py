"""The skills that parents may be shown, by id."""

from collections.abc import Mapping
from pathlib import Path

from bot.adapters.content import load_skills
from bot.core.skills import Skill, is_offered


def offered_skills(
    folder: Path, *, require_approved: bool, withdrawn: frozenset[str] = frozenset()
) -> Mapping[str, Skill]:
    """Every skill in `folder` that is not withdrawn, or that is approved where that is required.

    The folder may be a release's; `withdrawn` names what was withdrawn since it was made.

    Raises:
        GuidanceError: a file is not in its form.
    """
    offered = (
        one for one in load_skills(folder) if is_offered(one, require_approved=require_approved)
    )
    return {one.id: one for one in offered if one.id not in withdrawn}
