"""The skills that parents may be shown, by id."""

from collections.abc import Mapping
from pathlib import Path

from bot.adapters.content import load_skills
from bot.core.skills import Skill, is_offered


def offered_skills(folder: Path, *, require_approved: bool) -> Mapping[str, Skill]:
    """Every skill in `folder` that is not withdrawn, or that is approved where that is required.

    Raises:
        GuidanceError: a file is not in its form.
    """
    found = load_skills(folder)
    return {one.id: one for one in found if is_offered(one, require_approved=require_approved)}
