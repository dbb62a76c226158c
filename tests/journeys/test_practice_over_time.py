"""Weeks of practice lived through the sandbox: to the end, by two, in silence, on leave, abroad."""

import time
from datetime import timedelta
from itertools import pairwise

from tests.journeys.people import Person
from tests.journeys.practising import (
    LONDON,
    NEW_YORK,
    OTHER_TITLE,
    SPREAD,
    TITLE,
    comes_to_have,
    gets_a_plan,
    goes_to,
    is_given_a_plan,
    nudge_times,
    nudged,
    nudges,
    picks_days,
    waits_for_a_nudge,
)
from tests.journeys.stage import Stage
from tests.journeys.test_enrolment import joined
from tests.journeys.test_on_duty import DANA, NOOR, on_leave

WAITING = "so I will wait now and not nag"


def evening(stage: Stage, *people: Person) -> None:
    """It becomes a quarter past six in London."""
    goes_to(stage, 18, 15, LONDON, *people)


def test_eight_weeks_are_lived_to_their_end_in_under_a_minute(stage: Stage) -> None:
    begins = time.monotonic()
    sam, dana = stage.parent(), stage.dana
    is_given_a_plan(stage, sam, "3 times a week", 8)
    picks_days(sam)
    seen = 0
    for _ in range(8 * 7 + 1):
        evening(stage, sam)
        if nudges(sam) == seen:
            continue  # not one of their days
        seen += 1
        assert nudges(sam) == seen
        if seen == 3:
            sam.presses("Was hard")
            sam.presses("My child did not want to")
            sam.presses("Tell Dana")
            sam.expects("I am telling Dana.")
            told = dana.expects(f"found {TITLE} hard today: My child did not want to.", sam.alias)
            dana.replies(told, "Try it in the car.")
            sam.expects("Dana: Try it in the car.")
        elif seen == 5:
            sam.presses("Not today")
            sam.expects("That is fine.")
        else:
            sam.presses("Did it")
            sam.expects(f"You made room for {TITLE}.")
    days = {moment.strftime("%a") for moment in nudge_times(sam, LONDON)}
    assert days == {"Mon", "Wed", "Fri"}
    assert seen in (23, 24, 25), "three a week, as far as eight weeks from this weekday hold them"
    for _ in range(2):
        evening(stage, sam)
    sam.expects(f"{TITLE} has come to the end of its time.", f"on {seen - 2} days")
    assert sam.count("has come to the end") == 1
    evening(stage, sam)
    assert nudges(sam) == seen
    sam.says("/practice")
    sam.expects("There is no practice plan for you at the moment.")
    assert time.monotonic() - begins < 60


def test_two_parents_live_one_plan_each_for_themselves(stage: Stage) -> None:
    sam = stage.parent()
    alex = joined(stage, "Alex", sam.alias)
    is_given_a_plan(stage, sam)
    picks_days(sam)
    picks_days(alex, at="19:30")
    for day in range(1, 4):
        evening(stage, sam, alex)
        goes_to(stage, 19, 45, LONDON, sam, alex)
        comes_to_have(sam, day)
        comes_to_have(alex, day)
        sam.presses("Did it")
        alex.presses("Not today" if day == 2 else "Did it")
    for person, at in ((sam, (18, 0)), (alex, (19, 30))):
        moments = nudge_times(person, LONDON)
        assert len({moment.date() for moment in moments}) == len(moments), "one a day each"
        for moment in moments:
            picked = moment.replace(hour=at[0], minute=at[1], second=0, microsecond=0)
            assert timedelta() <= moment - picked <= 2 * SPREAD
    stage.dana.says(f"/plan {sam.alias}")
    asked = stage.dana.expects("A practice plan for whom?")
    stage.dana.presses(sam.alias, asked)
    stage.dana.presses(f"▸ {TITLE}")
    stage.dana.sees_change(asked, "Did it: 3", "not today: 1")


def test_two_plans_of_a_family_stay_at_one_nudge_a_day_and_say_so(stage: Stage) -> None:
    sam = stage.parent()
    goes_to(stage, 9, 0, LONDON, sam)  # both plans are picked long before their time
    gets_a_plan(stage, sam)
    is_given_a_plan(stage, sam, title=OTHER_TITLE)
    picks_days(sam, title=OTHER_TITLE)
    assert sam.count(f"{TITLE} has days in common with it") == 1
    for day in range(1, 5):
        evening(stage, sam)
        comes_to_have(sam, day)
        sam.presses("Did it")
    about = [one.text.splitlines()[-1] for one in nudged(sam)]
    assert about in ([TITLE, OTHER_TITLE] * 2, [OTHER_TITLE, TITLE] * 2)


def test_a_family_that_is_silent_is_told_of_the_waiting_and_then_really_left_alone(
    stage: Stage,
) -> None:
    sam = stage.parent()
    gets_a_plan(stage, sam)
    for _ in range(3):
        evening(stage, sam)
    assert (nudges(sam), sam.count(WAITING)) == (3, 0)
    evening(stage, sam)
    asked = sam.expects(WAITING, "Would another time suit you better?")
    assert list(asked.buttons) == [f"Another time: {TITLE}", "Go on as it was", "No more nudges"]
    for _ in range(5):
        evening(stage, sam)
    assert (nudges(sam), sam.count(WAITING)) == (3, 1), "it waits, and says so only once"
    sam.says("/practice")
    sam.expects("No nudges at the moment: the last three found no answer")
    sam.presses(f"Another time: {TITLE}", asked)
    again = sam.expects(TITLE, "On which days shall I ask?")
    sam.presses("Next: the time", again)
    sam.presses("19:30", sam.sees_change(again, "At about what time?"))
    sam.sees_change(again, "at about 19:30", "The next nudge comes")
    goes_to(stage, 19, 45, LONDON, sam)
    comes_to_have(sam, 4)


def test_a_therapist_on_leave_is_stood_in_for_and_the_parent_knows_it(stage: Stage) -> None:
    sam = stage.parent()
    gets_a_plan(stage, sam)
    waits_for_a_nudge(stage, sam)
    sam.presses("Was hard")
    sam.presses("No time")
    with on_leave(stage, DANA, "--cover", NOOR):
        sam.presses("Tell Dana")
        sam.expects("Dana is on leave and back on", "I am telling Noor, who stands in for them.")
        told = stage.noor.expects("Dana is on leave; you stand in for them.", sam.alias, TITLE)
        assert not stage.dana.count(f"{sam.alias} ({sam.name}) found")
        stage.noor.replies(told, "Two minutes count.")
        sam.expects("Noor: Two minutes count.")


def test_a_therapist_on_leave_whom_nobody_covers_for_is_not_hurried_for(stage: Stage) -> None:
    sam = stage.parent()
    gets_a_plan(stage, sam)
    waits_for_a_nudge(stage, sam)
    sam.presses("Was hard")
    sam.presses("No time")
    with on_leave(stage, DANA):
        sam.presses("Tell Dana")
        sam.expects("Dana is on leave and back on", "they see it then", "I need a person")
        assert not stage.noor.count(f"{sam.alias} ({sam.name}) found")
        stage.dana.expects(sam.alias, "hard today: No time.")


def test_a_move_from_london_to_new_york_brings_no_second_nudge_none_at_night_and_no_gap(
    stage: Stage,
) -> None:
    sam = stage.parent()
    gets_a_plan(stage, sam)
    evening(stage, sam)
    comes_to_have(sam, 1)
    sam.presses("Did it")
    sam.says("/timezone New York")
    sam.expects("Your clock: New York.", "The next nudge comes tomorrow at about 18:00.")
    for hour in (18, 22, 2, 7, 12, 17):
        goes_to(stage, hour, 30, NEW_YORK, sam)
        assert nudges(sam) == 1, f"none at {hour}:30"
    for day in range(2, 5):
        goes_to(stage, 18, 15, NEW_YORK, sam)
        comes_to_have(sam, day)
        sam.presses("Did it")
    there = nudge_times(sam, NEW_YORK)
    assert len({moment.date() for moment in there}) == 4, "none on a day that had one"
    assert [moment.hour for moment in there[1:]] == [18] * 3
    gaps = {later.date() - earlier.date() for earlier, later in pairwise(there)}
    assert gaps == {timedelta(days=1)}, "no day went by without one"


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
