"""The digest before a session: one page from the log, each line with the entries it stands on.

A reference is a letter and the entry's number: P practice, Q question, T question to the
therapist, M message, F flag, C check, B something to bring, S a plan. Nothing is said that is
not in the log.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.digest_material import Alarm, Asked, Material, Passed, Practised, Rests, Said
from bot.core.phrases import Phrases
from bot.core.plan_care import Tally, days_said, said_text
from bot.core.practice import PracticeAnswer
from bot.core.practice_replies import barrier_text
from bot.core.replies import as_written

SUGGESTIONS = 2
WORTH_NAMING = 2
LONG_RUN = 3
BY_DAY = frozenset({"bring", "well", "passed", "not_covered", "flags"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and the entries that it stands on; `named` is how many of them it names at most."""

    text: str = field(repr=False)
    refs: tuple[str, ...]
    named: int | None = None

    def __str__(self) -> str:
        found = _ranges(self.refs)
        if self.named is not None and len(found) > self.named:
            found = [*found[: self.named], "…"]
        return f"{self.text} [{', '.join(found)}]"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines; `is_by_day`: the last line is the newest."""

    heading: str
    lines: tuple[Line, ...]
    is_by_day: bool = False


def _ranges(refs: Sequence[str]) -> list[str]:
    """Entries that follow one another, three or more, as one: `P1–P4`."""
    runs: list[list[str]] = []
    for ref in refs:
        follows = runs and runs[-1][-1][0] == ref[0] and int(runs[-1][-1][1:]) + 1 == int(ref[1:])
        if follows:
            runs[-1].append(ref)
        else:
            runs.append([ref])
    return [
        part for run in runs for part in ([f"{run[0]}–{run[-1]}"] if len(run) >= LONG_RUN else run)
    ]


def compose_digest(material: Material, phrases: Phrases) -> tuple[Section, ...]:
    """The sections that have something to say, in the order of a page."""
    made = (
        ("practice", [*_tally(material, phrases), *_resting(material, phrases)]),
        ("bring", [_quoted("B", one, phrases) for one in material.brought]),
        ("well", _noted(material, PracticeAnswer.DID_IT, phrases)),
        ("hard", _hard(material, phrases)),
        ("asked", _themes(material, phrases)),
        ("passed", [_passed(one, phrases) for one in material.passed]),
        ("not_covered", [_quoted("M", one, phrases) for one in material.not_covered]),
        (
            "flags",
            [*_alarms("F", material.flags, phrases), *_alarms("C", material.checks, phrases)],
        ),
        ("talk", _suggestions(material, phrases)),
    )
    return tuple(
        Section(phrases.say(f"digest.{name}_heading"), tuple(lines), name in BY_DAY)
        for name, lines in made
        if lines
    )


def as_text(sections: Iterable[Section]) -> str:
    """The sections as one message."""
    blocks = ["\n".join([f"**{one.heading}**", *map(_bullet, one.lines)]) for one in sections]
    return "\n\n".join(blocks)


def _bullet(line: Line) -> str:
    return f"• {line}"


def day_text(day: date) -> str:
    """A day, short."""
    return f"{day.day} {day:%b}"


def _refs(
    letter: str, entries: Iterable[Practised | Said | Asked | Passed | Rests | Alarm]
) -> tuple[str, ...]:
    return tuple(f"{letter}{one.id}" for one in entries)


def _by_title(practised: Iterable[Practised]) -> dict[str, list[Practised]]:
    found: dict[str, list[Practised]] = defaultdict(list)
    for one in practised:
        found[one.title].append(one)
    return found


def _days(practised: Iterable[Practised]) -> int:
    """On how many days: two parents on one day are one."""
    return len({one.day for one in practised})


def _tally(material: Material, phrases: Phrases) -> list[Line]:
    lines: list[Line] = []
    for title, entries in _by_title(material.practised).items():
        said = Counter(answer for _, answer in {(one.day, one.answer) for one in entries})
        tally = Tally(
            said[PracticeAnswer.DID_IT],
            said[PracticeAnswer.WAS_HARD],
            said[PracticeAnswer.NOT_TODAY],
        )
        text = phrases.say("digest.tally", title=title, said=said_text(tally, phrases))
        lines.append(Line(text, _refs("P", entries)))
    return lines


def _resting(material: Material, phrases: Phrases) -> list[Line]:
    """Who stopped, paused or left which plan."""
    return [
        Line(
            phrases.say("digest.rests", title=one.title, parent=one.parent, what=one.what),
            _refs("S", [one]),
        )
        for one in material.rests
    ]


def _quoted(letter: str, one: Said, phrases: Phrases) -> Line:
    day, words = day_text(one.day), _words(one.words, phrases)
    text = phrases.say("digest.quoted", day=day, parent=one.parent, words=words)
    return Line(text, _refs(letter, [one]))


def _passed(one: Passed, phrases: Phrases) -> Line:
    """A question to the therapist, and whether it was answered."""
    words = _words(one.words, phrases)
    if one.wish:
        words = phrases.say("digest.wish", title=one.wish)
    ended = phrases.say("digest.answered" if one.is_answered else "digest.not_answered")
    day = day_text(one.day)
    text = phrases.say("digest.passed", day=day, parent=one.parent, words=words, ended=ended)
    return Line(text, _refs("T", [one]))


def _words(words: str, phrases: Phrases) -> str:
    """What somebody wrote, as a quotation; where there are no words, that it was a voice note."""
    if not words:
        return phrases.say("digest.voice_note")
    return phrases.say("digest.in_their_words", words=as_written(words))


def _noted(material: Material, answer: PracticeAnswer, phrases: Phrases) -> list[Line]:
    found = [one for one in material.practised if one.answer is answer]
    return [
        Line(_note_text(one, phrases), _refs("P", [one]))
        for one in found
        if one.note or one.has_medium
    ]


def _note_text(one: Practised, phrases: Phrases) -> str:
    words = _words(one.note, phrases)
    return phrases.say(
        "digest.noted", day=day_text(one.day), parent=one.parent, title=one.title, words=words
    )


def _hard(material: Material, phrases: Phrases) -> list[Line]:
    hard = [one for one in material.practised if one.answer is PracticeAnswer.WAS_HARD]
    named: dict[tuple[str, str], list[Practised]] = defaultdict(list)
    for one in hard:
        if one.barrier:
            named[one.title, one.barrier].append(one)
    lines = [
        Line(
            phrases.say(
                "digest.barrier",
                title=title,
                barrier=barrier_text(barrier, phrases),
                days=days_said(_days(entries), phrases),
            ),
            _refs("P", entries),
        )
        for (title, barrier), entries in named.items()
    ]
    return lines + _noted(material, PracticeAnswer.WAS_HARD, phrases)


def _themes(material: Material, phrases: Phrases) -> list[Line]:
    by_theme: dict[str, list[Asked]] = defaultdict(list)
    for one in material.asked:
        by_theme[one.theme].append(one)
    most_first = sorted(by_theme.items(), key=lambda item: -len(item[1]))
    return [
        Line(
            phrases.say(
                "digest.theme",
                theme=theme_text(theme),
                times=_times(len(entries), phrases),
                titles="; ".join(dict.fromkeys(one.title for one in entries)),
            ),
            _refs("Q", entries),
        )
        for theme, entries in most_first
    ]


def _times(count: int, phrases: Phrases) -> str:
    return phrases.say("digest.asked_once" if count == 1 else "digest.asked_times", count=count)


def theme_text(theme: str) -> str:
    """A theme in words."""
    return theme.replace("-", " ")


def _alarms(letter: str, alarms: Sequence[Alarm], phrases: Phrases) -> list[Line]:
    return [
        Line(
            phrases.say("digest.alarm", day=day_text(one.day), what=one.what, ended=one.ended),
            _refs(letter, [one]),
        )
        for one in alarms
    ]


def _suggestions(material: Material, phrases: Phrases) -> list[Line]:
    """What to talk about: whatever the most entries speak of."""
    kinds: tuple[Callable[[Material, Phrases], list[Line]], ...] = (
        _about_barriers,
        _about_success,
        _about_themes,
    )
    offered = [line for kind in kinds for line in kind(material, phrases)]
    offered.sort(key=lambda line: -len(line.refs))
    return offered[:SUGGESTIONS]


def _about_barriers(material: Material, phrases: Phrases) -> list[Line]:
    named: dict[tuple[str, str], list[Practised]] = defaultdict(list)
    for one in material.practised:
        if one.answer is PracticeAnswer.WAS_HARD and one.barrier:
            named[one.title, one.barrier].append(one)
    return [
        Line(
            phrases.say("digest.talk_barrier", title=title, barrier=barrier_text(barrier, phrases)),
            _refs("P", entries),
        )
        for (title, barrier), entries in named.items()
        if _days(entries) >= WORTH_NAMING
    ]


def _about_success(material: Material, phrases: Phrases) -> list[Line]:
    lines: list[Line] = []
    for title, entries in _by_title(material.practised).items():
        did = [one for one in entries if one.answer is PracticeAnswer.DID_IT]
        if _days(did) >= WORTH_NAMING:
            days = days_said(_days(did), phrases)
            text = phrases.say("digest.talk_success", title=title, days=days)
            lines.append(Line(text, _refs("P", did)))
    return lines


def _about_themes(material: Material, phrases: Phrases) -> list[Line]:
    by_theme: dict[str, list[Asked]] = defaultdict(list)
    for one in material.asked:
        by_theme[one.theme].append(one)
    return [
        Line(
            phrases.say("digest.talk_theme", theme=theme_text(theme), count=len(entries)),
            _refs("Q", entries),
        )
        for theme, entries in by_theme.items()
        if len(entries) >= WORTH_NAMING
    ]
