"""Opening a link: each way it can go."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.enrolment import LINK_LIVES, Link, LinkKind, Opening, open_link
from bot.core.people import Parent, Who
from tests.core.people import DANA, NOBODY_WE_KNOW, NOW, ROBINS, SAM

KINDS = st.sampled_from(LinkKind)
ANYBODY = st.sampled_from([NOBODY_WE_KNOW, DANA, SAM])


def a_link(
    kind: LinkKind = LinkKind.PARENT, owner: int = ROBINS.id, used_by: int | None = None
) -> Link:
    return Link(1, kind, owner, NOW + LINK_LIVES, used_by)


@pytest.mark.parametrize(
    ("link", "who", "opening"),
    [
        (None, NOBODY_WE_KNOW, Opening.UNKNOWN),
        (a_link(), NOBODY_WE_KNOW, Opening.ASK_CONSENT),
        (a_link(LinkKind.STAFF), NOBODY_WE_KNOW, Opening.STAFF_LINKED),
        (a_link(used_by=5), NOBODY_WE_KNOW, Opening.USED),
        (a_link(used_by=9001), NOBODY_WE_KNOW, Opening.USED_BY_YOU),
        (a_link(), SAM, Opening.ALREADY_HERE),
        (a_link(owner=99), SAM, Opening.ENROLLED_ELSEWHERE),
        (a_link(), DANA, Opening.STAFF_OPENED_PARENT_LINK),
        (a_link(LinkKind.STAFF), SAM, Opening.PARENT_OPENED_STAFF_LINK),
        (a_link(LinkKind.STAFF), DANA, Opening.ALREADY_STAFF),
    ],
)
def test_each_way_of_opening_a_link_has_its_own_outcome(
    link: Link | None, who: Who, opening: Opening
) -> None:
    assert open_link(link, who, 9001, NOW) is opening


def test_a_link_lives_to_the_last_moment_of_its_seven_days() -> None:
    link = a_link()
    almost = link.expires_at - timedelta(microseconds=1)
    assert open_link(link, NOBODY_WE_KNOW, 9001, almost) is Opening.ASK_CONSENT
    assert open_link(link, NOBODY_WE_KNOW, 9001, link.expires_at) is Opening.EXPIRED


@given(kind=KINDS, who=ANYBODY, after=st.timedeltas(timedelta(), timedelta(days=400)))
def test_nobody_gets_in_by_an_old_link(kind: LinkKind, who: Who, after: timedelta) -> None:
    link = a_link(kind)
    assert open_link(link, who, 1, link.expires_at + after) is Opening.EXPIRED


@given(kind=KINDS, who=ANYBODY, user=st.integers(), chat=st.integers())
def test_nobody_gets_in_by_a_used_link(kind: LinkKind, who: Who, user: int, chat: int) -> None:
    opening = open_link(a_link(kind, used_by=user), who, chat, NOW)
    assert opening in (Opening.USED, Opening.USED_BY_YOU)


@given(kind=KINDS, owner=st.integers())
def test_somebody_we_know_never_joins_a_second_time(kind: LinkKind, owner: int) -> None:
    joined = {Opening.ASK_CONSENT, Opening.STAFF_LINKED}
    known: tuple[Who, ...] = (DANA, SAM, Parent(1, "X", 2, ROBINS))
    assert all(open_link(a_link(kind, owner), who, 1, NOW) not in joined for who in known)
