"""Which approvals count from a start on, and what of that is new since the start before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.audit import THE_BOT, Act, Actor, Deed
from bot.core.passages import ReviewStatus
from bot.core.reviews import Reviewed
from bot.core.skills import Skill

NO_RELEASE = "release=none"


@dataclass(frozen=True, slots=True)
class News:
    """Something about what is served that the audit trail does not say yet."""

    act: Act
    about: str
    by: Actor
    detail: str


def news_of(
    texts: Iterable[Reviewed], release: str | None, known: Mapping[str, Deed]
) -> tuple[News, ...]:
    """What is new: approvals that count now, those that count no more, another release.

    `known` is the newest entry about each page or skill, and, under `release`, about releases.
    """
    counting = {_id(one): one for one in texts if one.status is ReviewStatus.APPROVED}
    begun = [_begun(key, one) for key, one in sorted(counting.items())]
    new = [one for one in begun if not _is_known(one, known.get(one.about))]
    gone = [
        News(Act.APPROVAL_ENDED, key, THE_BOT, deed.detail)
        for key, deed in sorted(known.items())
        if deed.act == Act.APPROVAL_SERVED and key not in counting
    ]
    return (*_release(release, known), *new, *gone)


def _release(release: str | None, known: Mapping[str, Deed]) -> tuple[News, ...]:
    now = f"release={release}" if release else NO_RELEASE
    before = known["release"].detail if "release" in known else NO_RELEASE
    return () if now == before else (News(Act.RELEASE_SERVED, "release", THE_BOT, now),)


def _begun(key: str, text: Reviewed) -> News:
    review = text.review
    detail = f"sha256={text.sha256} on={review.on}"
    return News(Act.APPROVAL_SERVED, key, Actor(named=review.by or ""), detail)


def _is_known(news: News, deed: Deed | None) -> bool:
    return deed is not None and (deed.act, deed.by, deed.detail) == (news.act, news.by, news.detail)


def _id(text: Reviewed) -> str:
    return f"{'skill' if isinstance(text, Skill) else 'page'}:{text.id}"
