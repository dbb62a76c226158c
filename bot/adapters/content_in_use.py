"""Which documents, skills and sentences are served: the pinned release's, or the folders' own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.content import files_in
from bot.adapters.phrasebook import load_phrases
from bot.adapters.prompt_files import load_prompt
from bot.adapters.releases import Releases, installed_models, installed_rules, open_release
from bot.adapters.review_file import is_withdrawn
from bot.core.phrases import Phrases, filled_in
from bot.core.prompts import Prompt
from bot.core.releases import Release, differing
from bot.settings import ROOT, Settings


@dataclass(frozen=True, slots=True)
class ContentInUse:
    """Where everything that parents read comes from.

    Crisis numbers never come from a release: an outdated one could cost a life. A page that was
    withdrawn since the release was made is in `withdrawn` and is not served from it either; skills
    likewise.
    """

    documents: Path
    skills: Path
    prompts: Path
    crisis: Path
    release: Release | None = None
    withdrawn: frozenset[str] = frozenset()
    withdrawn_skills: frozenset[str] = frozenset()
    differs: tuple[str, ...] = ()

    def phrases(self, own: Path = ROOT / "prompts") -> Phrases:
        """The sentences; what a release lacks for this version, or what this version cannot fill,
        is taken from the sentences that this version came with.

        Raises:
            GuidanceError: a file of sentences is not in its form.
        """
        found = load_phrases(self.prompts)
        if self.release is None or not own.is_dir():
            return found
        return filled_in(found, load_phrases(own))

    def prompt(self, prompt_id: str, own: Path = ROOT / "prompts") -> Prompt:
        """A prompt; one that the release lacks, or that asks for other inputs, is this version's.

        Raises:
            GuidanceError: there is none, or it is not in its form.
        """
        if self.release is None or not own.is_dir():
            return load_prompt(self.prompts, prompt_id)
        current = load_prompt(own, prompt_id)
        if f"prompts/{prompt_id}.md" not in self.release.files:
            return current
        released = load_prompt(self.prompts, prompt_id)
        return released if set(released.inputs) == set(current.inputs) else current

    @property
    def warning(self) -> str | None:
        """What must be said aloud: the program does not decide as when the release was made."""
        if self.release is None or not self.differs:
            return None
        return (
            f"RELEASE {self.release.name} IS PINNED, BUT THIS VERSION'S RULES OR MODELS ARE NOT "
            f"THOSE IT WAS MADE WITH: {', '.join(self.differs)}"
        )


def content_in_use(settings: Settings, warn: Callable[[str], object] | None = None) -> ContentInUse:
    """What is to be served with these settings; a pinned release is held to its hashes first.

    `warn` is called when the rules or models are not those that the release was made with.

    Raises:
        ReleaseError: the release that is pinned or named is missing or damaged.
    """
    folder = pinned_folder(settings)
    if folder is None:
        return _own(settings)
    release = open_release(folder)
    found = ContentInUse(
        documents=folder / "guidance",
        skills=folder / "skills",
        prompts=folder / "prompts",
        crisis=settings.knowledge / "crisis",
        release=release,
        withdrawn=_withdrawn(settings.knowledge / "guidance"),
        withdrawn_skills=_withdrawn(settings.knowledge / "skills"),
        differs=differing(release, installed_rules(), installed_models()),
    )
    if warn and found.warning:
        warn(found.warning)
    return found


def pinned_folder(settings: Settings) -> Path | None:
    """The folder of the release that the setting names, or else of the pinned one."""
    releases = Releases(settings.data)
    name = settings.release or releases.pinned()
    return None if name is None else releases.folder_of(name)


def _own(settings: Settings) -> ContentInUse:
    return ContentInUse(
        documents=settings.knowledge / "guidance",
        skills=settings.knowledge / "skills",
        prompts=settings.prompts,
        crisis=settings.knowledge / "crisis",
    )


def _withdrawn(folder: Path) -> frozenset[str]:
    if not folder.is_dir():
        return frozenset()
    return frozenset(path.stem for path in files_in(folder) if is_withdrawn(path))
