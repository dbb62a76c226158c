"""Links are single-use, and only a hash of their code is kept."""

import re
from datetime import UTC, datetime

from bot.adapters.secrets import hash_code, new_code
from bot.core.enrolment import LINK_LIVES, LinkKind
from bot.storage.links import find_link, find_opened_link, make_link, mark_opened, mark_used
from tests.databases import Opened, rows

NOW = datetime(2026, 3, 4, tzinfo=UTC)


async def test_a_link_is_found_by_its_code_and_by_no_other(storage: Opened) -> None:
    async with storage.database.transaction() as tx:
        made = await make_link(tx, LinkKind.PARENT, 7, NOW)
        link = await find_link(tx, made.code)
        assert link is not None
        assert (link.kind, link.owner_id, link.used_by) == (LinkKind.PARENT, 7, None)
        assert link.expires_at == NOW + LINK_LIVES
        assert await find_link(tx, new_code()) is None
        assert await find_link(tx, made.code.swapcase()) is None


async def test_only_the_hash_of_a_code_is_kept(storage: Opened) -> None:
    async with storage.database.transaction() as tx:
        made = await make_link(tx, LinkKind.STAFF, 7, NOW)
    kept = rows(storage.url, "select l::text, code_hash from links l order by id desc limit 1")
    assert made.code not in str(kept)
    assert made.code.encode().hex() not in str(kept)
    assert kept[0][1] == hash_code(made.code)


async def test_a_used_link_says_who_used_it(storage: Opened) -> None:
    async with storage.database.transaction() as tx:
        made = await make_link(tx, LinkKind.PARENT, 7, NOW)
        link = await find_link(tx, made.code)
        assert link is not None
        await mark_used(tx, link, 55, NOW)
        used = await find_link(tx, made.code)
        assert used is not None
        assert used.used_by == 55


async def test_only_the_chat_that_read_the_terms_can_agree_to_them(storage: Opened) -> None:
    async with storage.database.transaction() as tx:
        made = await make_link(tx, LinkKind.PARENT, 7, NOW)
        link = await find_link(tx, made.code)
        assert link is not None
        assert await find_opened_link(tx, link.id, 55) is None
        await mark_opened(tx, link, 55)
        assert await find_opened_link(tx, link.id, 55) == link
        assert await find_opened_link(tx, link.id, 56) is None


def test_codes_are_128_random_bits_that_fit_a_deep_link() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", code) for code in codes)
