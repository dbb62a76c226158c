"""Finding a message that triage is in doubt about, whichever way it was trained last."""

from collections.abc import Callable

from tests.journeys.people import Person, Seen
from tests.journeys.stage import Stage
from tests.journeys.words import CHECK, DOUBTFUL


def doubted(stage: Stage, somebody: Callable[[], Person]) -> tuple[Person, str, Seen]:
    """Somebody who was asked the safety check, what they had written, and the check."""
    for text in DOUBTFUL:
        person = somebody()
        person.says(text)
        stage.settles(person)
        if person.count(CHECK):
            return person, text, person.expects(CHECK)
    raise AssertionError("triage is in doubt about none of these; add a message to DOUBTFUL")


def asks_for_a_person(person: Person) -> Seen:
    """The check that everybody is asked who asks for a human being; no triage is in it."""
    person.says("/person")
    return person.expects(CHECK)
