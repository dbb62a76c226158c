"""What is kept about a parent as one page that any phone opens: plain HTML, nothing loaded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

from bot.core.own_data import Dated, OwnData, OwnPlan, OwnRhythm, Spoken
from bot.core.people import Parent
from bot.core.phrases import Phrases
from bot.core.planning import date_text
from bot.core.replies import STAR

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:auto;padding:1rem}"
    "body{color:#263238}"
    "h2{margin-top:2rem;border-bottom:1px solid #cfd8dc}"
    "section>p{margin:.6rem 0}small{color:#546e7a;display:block}p{white-space:pre-wrap}"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is kept: `head` says what and when, `words` are those that were written."""

    head: str
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Things of one kind."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """How times and names are told in the page: by the parent's clock, in the clinic's words."""

    phrases: Phrases
    zone: ZoneInfo
    skills: Mapping[str, str]
    pages: Mapping[str, str]

    def moment(self, at: datetime) -> str:
        """A day and a time."""
        here = at.astimezone(self.zone)
        return f"{date_text(here.date())}, {here:%H:%M}"

    def day(self, day: date) -> str:
        """A day."""
        return date_text(day)

    def of(self, known: str, value: str) -> str:
        """A value of the database in words, or as it is where there are none for it."""
        return self.phrases.say(known) if known in self.phrases.ids() else value

    def skill(self, skill_id: str) -> str:
        """A skill's title, or its name if it is not offered any more."""
        return self.skills.get(skill_id, skill_id)


def page(parent: Parent, data: OwnData, told: Told, clinic: str, now: datetime) -> str:
    """The whole page."""
    therapist = parent.family.therapist.name
    opening = told.phrases.say(
        "mydata.opening", at=told.moment(now), zone=told.zone.key, clinic=clinic
    )
    not_here = told.phrases.say("mydata.not_here", therapist=therapist, clinic=clinic)
    body = "".join(_section(one, told) for one in chapters(parent, data, told))
    title = escape(told.phrases.say("mydata.title", clinic=clinic))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n<p>{escape(opening)}</p>\n{body}"
        f"<h2>{escape(told.phrases.say('mydata.not_here_title'))}</h2>\n<p>{escape(not_here)}</p>\n"
        "</body>\n</html>\n"
    )


def _section(chapter: Chapter, told: Told) -> str:
    lines = chapter.lines or (Line(told.phrases.say("mydata.nothing")),)
    return f"<section>\n<h2>{escape(chapter.title)}</h2>\n{''.join(map(_line, lines))}</section>\n"


def _line(line: Line) -> str:
    words = line.words.replace("**", "").replace(STAR, "*")
    if not words:
        return f"<p>{escape(line.head)}</p>\n"
    return f"<p><small>{escape(line.head)}</small>{escape(words)}</p>\n"


def chapters(parent: Parent, data: OwnData, told: Told) -> tuple[Chapter, ...]:
    """Everything, kind by kind; a kind of which nothing is kept says so."""
    parts: tuple[tuple[str, Iterable[Line]], ...] = (
        ("you", _about(parent, told)),
        ("consents", (_agreed(told, one.version, one.at, one.until) for one in data.consents)),
        ("talk", (_spoken(told, one) for one in data.talk)),
        ("questions", (_question(told, one) for one in data.questions)),
        ("answers", (_answer(told, one) for one in data.answers)),
        ("wordings", (_wording(told, one) for one in data.wordings)),
        ("checks", (_checked(told, one) for one in data.checks)),
        ("flags", (_flagged(told, one) for one in data.flags)),
        ("plans", (_plan(told, one) for one in data.plans)),
        ("practices", _practices(told, data)),
        ("nudges", _nudges(told, data)),
        ("notes", (Line(told.moment(one.at), one.words) for one in data.notes)),
        ("rhythm", _rhythm(told, data.rhythm)),
        ("tried", _tried(told, data)),
    )
    return tuple(
        Chapter(told.phrases.say(f"mydata.chapter_{name}"), tuple(lines)) for name, lines in parts
    )


def _about(parent: Parent, told: Told) -> Iterable[Line]:
    family = parent.family
    text = told.phrases.say(
        "mydata.about",
        name=parent.name,
        chat=parent.chat_id,
        alias=family.alias,
        country=family.country,
        therapist=family.therapist.name,
    )
    yield Line(text)


def _agreed(told: Told, version: str, at: datetime, until: datetime | None) -> Line:
    if until is None:
        return Line(told.phrases.say("mydata.agreed", version=version, at=told.moment(at)))
    ended = told.moment(until)
    return Line(
        told.phrases.say("mydata.agreed_before", version=version, at=told.moment(at), until=ended)
    )


def _spoken(told: Told, one: Spoken) -> Line:
    who = told.phrases.say("mydata.by_you" if one.is_theirs else "mydata.by_bot")
    head = [told.moment(one.at), who]
    if one.kind != "text":
        head.append(told.of(f"mydata.kind_{one.kind}", one.kind))
    if one.route:
        head.append(
            told.phrases.say(
                "mydata.read_as", route=told.of(f"mydata.route_{one.route}", one.route)
            )
        )
    if one.evidence:
        head.append(told.phrases.say("mydata.evidence", words=", ".join(one.evidence)))
    if one.score is not None:
        head.append(told.phrases.say("mydata.score", score=f"{one.score:.2f}"))
    return Line(" · ".join(head), one.words)


def _question(told: Told, one: Dated) -> Line:
    answered = one.ended_at and told.phrases.say("mydata.answered", at=told.moment(one.ended_at))
    what = told.phrases.say("mydata.wish", skill=told.skill(one.rest)) if one.rest else ""
    parts = [told.moment(one.at), what, answered or told.phrases.say("mydata.not_answered")]
    return Line(" · ".join(part for part in parts if part))


def _answer(told: Told, one: Dated) -> Line:
    where = told.pages.get(one.what, one.what) or told.phrases.say("mydata.no_page")
    parts = [
        told.moment(one.at),
        where,
        told.of(f"mydata.feedback_{one.rest}", one.rest) if one.rest else "",
    ]
    return Line(" · ".join(part for part in parts if part))


def _wording(told: Told, one: Dated) -> Line:
    outcome = told.of(f"mydata.wording_{one.what or 'waiting'}", one.what)
    return Line(" · ".join(part for part in (told.moment(one.at), one.rest, outcome) if part))


def _checked(told: Told, one: Dated) -> Line:
    state = told.of(f"mydata.check_{one.what}", one.what)
    return Line(f"{told.moment(one.at)} · {state}")


def _flagged(told: Told, one: Dated) -> Line:
    danger = told.phrases.say(f"flags.category_{one.what}") if one.what else ""
    parts = [told.moment(one.at), danger, told.of(f"mydata.flag_{one.rest}", one.rest)]
    return Line(" · ".join(part for part in parts if part))


def _plan(told: Told, one: OwnPlan) -> Line:
    head = told.phrases.say(
        "mydata.plan",
        skill=told.skill(one.skill_id),
        since=told.day(one.starts_on),
        until=told.day(one.ends_on),
        state=told.of(f"mydata.plan_{one.state}", one.state),
    )
    days = ", ".join(told.phrases.say(f"practice.day_{day}") for day in sorted(one.days))
    picked = (
        told.phrases.say("mydata.picked", days=days, at=f"{one.at:%H:%M}")
        if days and one.at
        else ""
    )
    return Line(head, "\n".join(part for part in (one.goal, one.note, picked) if part))


def _practices(told: Told, data: OwnData) -> Iterable[Line]:
    for one in data.practices:
        barrier = told.phrases.say(f"practice.barrier_{one.barrier}") if one.barrier else ""
        parts = (
            told.day(one.day),
            told.skill(one.skill_id),
            told.of(f"mydata.practice_{one.answer}", one.answer),
        )
        yield Line(" · ".join(part for part in (*parts, barrier) if part), one.note)


def _nudges(told: Told, data: OwnData) -> Iterable[Line]:
    for one in data.nudges:
        parts = [told.day(one.day), told.skill(one.skill_id)]
        if one.withheld:
            parts.append(told.phrases.say("mydata.withheld"))
        if one.answered_at:
            parts.append(told.phrases.say("mydata.answered", at=told.moment(one.answered_at)))
        yield Line(" · ".join(parts))


def _rhythm(told: Told, one: OwnRhythm | None) -> Iterable[Line]:
    if one is None:
        return
    begins, ends = f"{one.quiet_begins:%H:%M}", f"{one.quiet_ends:%H:%M}"
    yield Line(told.phrases.say("mydata.clock", zone=one.zone, begins=begins, ends=ends))
    if one.paused_until:
        yield Line(told.phrases.say("mydata.paused", day=told.day(one.paused_until)))
    if one.stopped_at:
        yield Line(told.phrases.say("mydata.stopped", at=told.moment(one.stopped_at)))
    if one.learns_since:
        at, version = told.moment(one.learns_since), one.learns_version or ""
        yield Line(told.phrases.say("mydata.learns", at=at, version=version))


def _tried(told: Told, data: OwnData) -> Iterable[Line]:
    for one in data.tried:
        chance = f"{one.probability:.0%}"
        yield Line(
            told.phrases.say(
                "mydata.tried_line", day=told.day(one.day), at=f"{one.at:%H:%M}", chance=chance
            )
        )
