"""The queue of open questions as somebody may see it: their own families', and those they cover."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from bot.core.people import Family, Parent, Staff
from bot.core.question_queue import LISTED, Waiting
from bot.flows.services import Services
from bot.flows.steps.bringing import moment_text
from bot.flows.steps.standing_in import all_readers
from bot.storage.database import Tx
from bot.storage.duty import the_duty
from bot.storage.open_questions import OpenQuestion, open_questions
from bot.storage.people import every_family, who_is
from bot.storage.questions import Question, QuestionKind

LIST = "queue:"
"""How the key of a list begins: *Done* in it lets it show what is open now."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The families for which somebody reads now, by their numbers; `covered` are a colleague's."""

    own: frozenset[int]
    covered: frozenset[int]

    def may_read(self, question: Question) -> bool:
        """Whether a question is theirs to read; a wish to practise waits for the therapist."""
        is_wish = question.kind is QuestionKind.PRACTICE
        return question.family_id in self.own or (
            question.family_id in self.covered and not is_wish
        )


async def reading_of(tx: Tx, s: Services, by: Staff) -> Reading:
    """Whose questions a member of staff reads at this moment."""
    readers = await all_readers(tx, s.clock.now())
    families = await every_family(tx)

    def covers(one: Family) -> bool:
        reader = readers.get(one.therapist.id)
        return reader is not None and reader.covers and reader.person.id == by.id

    return Reading(
        own=frozenset(one.id for one in families if one.therapist.id == by.id),
        covered=frozenset(one.id for one in families if covers(one)),
    )


async def queue_for(tx: Tx, s: Services, by: Staff) -> tuple[Waiting, ...]:
    """The open questions that are somebody's to read, the oldest first."""
    reading = await reading_of(tx, s, by)
    found = await open_questions(tx, reading.own | reading.covered, without_wishes=reading.covered)
    return await glances(tx, found, (await the_duty(tx)).zone_of(by.id))


async def glances(tx: Tx, found: Sequence[OpenQuestion], zone: tzinfo) -> tuple[Waiting, ...]:
    """Open questions at a glance, by a clock; those that no list has room for by number alone."""
    seen = [await _glance(tx, one, zone) for one in found[:LISTED]]
    return (*seen, *(Waiting(one.question.id, "") for one in found[LISTED:]))


async def _glance(tx: Tx, one: OpenQuestion, zone: tzinfo) -> Waiting:
    question, parent = one.question, await who_is(tx, one.question.chat_id, "")
    alias, name = (parent.family.alias, parent.name) if isinstance(parent, Parent) else ("", "")
    is_wish = question.kind is QuestionKind.PRACTICE
    return Waiting(question.id, alias, name, moment_text(one.asked_at, zone), is_wish)
