"""What keeps failing ends at a person, and the chat goes on."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core.deliveries import Delivery, Edit, Never, RetryIn, Send
from bot.core.replies import Reply
from bot.core.triage import Category
from bot.flows.deliver import Delivered, deliver
from bot.flows.steps.out_of_reach import alerted_flag
from bot.storage.database import Tx
from bot.storage.deliveries import mark_accepted, owe
from tests.databases import rows
from tests.flows.clinic import DANA, SAM, Clinic, say
from tests.flows.script import ASKING, BREAKS_ANSWERING, URGENT

STATES = "select key, state, error from deliveries order by id"


async def test_a_message_that_keeps_failing_is_flagged_after_three_tries(clinic: Clinic) -> None:
    clinic.may_fail = True
    await clinic.says(SAM, BREAKS_ANSWERING)
    for _ in range(2):
        assert await clinic.flags() == ()
        await clinic.forward(seconds=5)
    flag = await clinic.flag()
    assert (flag.category, flag.reason) == (Category.OTHER_DANGER, "triage_failed")
    assert "999" in clinic.last(SAM).text
    assert clinic.phone(DANA)
    assert len(clinic.failed_jobs()) == 3
    assert rows(clinic.storage.url, "select outcome from inbox") == [("failed",)]


async def test_messages_behind_one_that_fails_wait_for_it_and_then_go_on_in_order(
    clinic: Clinic,
) -> None:
    clinic.may_fail = True
    await clinic.says(SAM, BREAKS_ANSWERING)
    await clinic.says(SAM, "the second message")
    assert clinic.phone(SAM) == []
    for _ in range(2):
        await clinic.forward(seconds=5)
    assert len(await clinic.flags()) == 1
    assert clinic.last(SAM).text == say("holding.followup_added", emergency="999")


async def test_another_chat_does_not_wait_for_one_that_fails(clinic: Clinic) -> None:
    clinic.may_fail = True
    await clinic.says(SAM, BREAKS_ANSWERING)
    await clinic.says(1021, ASKING)
    assert "helpful:1" in clinic.last(1021).buttons


async def test_what_was_accepted_is_never_sent_again(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    sent = list(clinic.messenger.sent)
    assert await deliver(clinic.services, clinic.messenger, 1, {}) == Delivered()
    assert await deliver(clinic.services, clinic.messenger, 999, {}) == Delivered()
    assert clinic.messenger.sent == sent


async def test_a_reply_that_is_too_early_waits_as_long_as_telegram_says(clinic: Clinic) -> None:
    clinic.messenger.trouble = [RetryIn(timedelta(seconds=30), "too many requests")] * 2
    await clinic.says(SAM, ASKING)
    await clinic.forward(seconds=20)
    assert clinic.phone(SAM) == []
    await clinic.forward(seconds=15)
    await clinic.forward(seconds=35)
    assert len(clinic.phone(SAM)) == 1


async def test_replies_to_a_chat_keep_their_order_when_the_first_must_wait(
    clinic: Clinic,
) -> None:
    clinic.messenger.trouble = [RetryIn(timedelta(seconds=30), "too many requests")]
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, "hello")
    assert clinic.phone(SAM) == []
    await clinic.forward(seconds=31)
    assert "helpful:1" in clinic.phone(SAM)[0].buttons
    assert clinic.phone(SAM)[1].text == say("answers.greeting")


async def test_what_cannot_be_delivered_is_noted_with_why(clinic: Clinic) -> None:
    clinic.messenger.trouble = [Never("refused")]
    await clinic.says(SAM, ASKING)
    assert rows(clinic.storage.url, STATES) == [("answer:1", "never", "refused")]


async def test_an_edit_of_what_was_never_sent_is_let_go(clinic: Clinic) -> None:
    async with clinic.services.database.transaction() as tx:
        edit = Edit("no-such-key", Reply("hello"))
        await owe(tx, Delivery("edit", SAM, edit), clinic.services.clock.now())
    await clinic.settle()
    assert rows(clinic.storage.url, "select state from deliveries") == [("never",)]


def test_only_an_alert_counts_as_one() -> None:
    def about(key: str) -> int | None:
        return alerted_flag(Delivery(key, 1, Send(Reply(""))))

    assert about("flag:4:rung:0:2") == 4
    others = ("flag:4:holding", "flag:4:rung:0:2:taken", "answer:4", "flag:4:again:1:2")
    assert [about(key) for key in others] == [None] * 4


async def test_what_was_accepted_while_the_database_went_away_is_not_sent_again(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.may_fail = True
    noted: list[int] = []

    async def went_away(tx: Tx, delivery_id: int, *rest: Any) -> None:
        noted.append(delivery_id)
        if len(noted) <= 2:
            raise OSError
        await mark_accepted(tx, delivery_id, *rest)

    monkeypatch.setattr("bot.flows.deliver.mark_accepted", went_away)
    await clinic.says(SAM, URGENT)
    await clinic.forward(seconds=10)
    assert len(clinic.phone(DANA)) == len(clinic.phone(SAM)) == 1
    assert {state for _, state, _ in rows(clinic.storage.url, STATES)} == {"accepted"}
