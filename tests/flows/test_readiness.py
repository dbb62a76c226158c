"""Readiness in the clinic: Telegram's own answer counts, and the clinic hears it in plain words."""

from dataclasses import replace
from datetime import timedelta

from bot.core.people import Role
from bot.flows.check_readiness import look_at_readiness, prove_reachability
from bot.storage.alarms import all_alarms
from bot.storage.duty import add_leave
from bot.storage.people import link_staff
from bot.storage.reachability import unreachable_staff
from tests.flows.clinic import DANA, NOOR, SAM, SUE, Clinic, hire, say
from tests.flows.script import URGENT


async def alarms(clinic: Clinic) -> list[str]:
    async with clinic.services.database.transaction() as tx:
        return [one.sentence for one in await all_alarms(tx)]


async def unreachable(clinic: Clinic) -> frozenset[int]:
    async with clinic.services.database.transaction() as tx:
        return await unreachable_staff(tx)


async def test_a_clinic_that_is_ready_hears_nothing(clinic: Clinic) -> None:
    await clinic.settle()
    assert (await look_at_readiness(clinic.services)).is_ready
    assert await alarms(clinic) == []


async def test_whoever_telegram_refuses_is_unreachable_until_they_write_again(
    clinic: Clinic,
) -> None:
    clinic.messenger.blocked.add(DANA)
    await clinic.says(SAM, URGENT)
    assert await unreachable(clinic) == {1}
    assert await alarms(clinic) == [say("readiness.unreached", name="Dana")]
    assert say("readiness.unreached", name="Dana") in clinic.last(SUE).text
    clinic.messenger.blocked.clear()
    await clinic.says(DANA, "I am back")
    assert await unreachable(clinic) == frozenset()


async def test_the_same_trouble_is_told_once(clinic: Clinic) -> None:
    clinic.messenger.blocked.add(DANA)
    await clinic.says(SAM, URGENT)
    for _ in range(3):
        await look_at_readiness(clinic.services)
    assert len(await alarms(clinic)) == 1


async def test_families_who_would_reach_nobody_are_named_to_the_administrator_every_day(
    clinic: Clinic,
) -> None:
    ada = await hire(clinic, "Ada", Role.ADMINISTRATOR)
    clinic.messenger.phones[1005] = []
    async with clinic.services.database.transaction() as tx:
        await link_staff(tx, ada.id, 1005, clinic.services.clock.now())
    clinic.messenger.blocked |= {DANA, NOOR, SUE}
    await clinic.says(SAM, URGENT)
    lost = "Robin's family, Pip's family"
    assert any(lost in one for one in clinic.texts(1005))
    before = len(await alarms(clinic))
    clinic.services.clock.offset += timedelta(days=1)
    await look_at_readiness(clinic.services)
    assert len(await alarms(clinic)) == before + 1


async def test_telegram_is_asked_of_everybody_and_its_answer_counts(clinic: Clinic) -> None:
    answers: dict[int, str | None] = {DANA: "blocked", NOOR: "", SUE: None}

    async def probe(chat_id: int) -> str | None:
        return answers[chat_id]

    asked = replace(clinic.services, probe=probe)
    await prove_reachability(asked)
    assert await unreachable(clinic) == {1}
    answers |= {DANA: "", SUE: "chat not found"}
    await prove_reachability(asked)
    assert await unreachable(clinic) == {3}
    answers[SUE] = None
    await prove_reachability(asked)
    assert await unreachable(clinic) == {3}, "what is not known changes nothing"


async def test_leave_that_nobody_covers_is_heard_as_soon_as_it_is_written_down(
    clinic: Clinic,
) -> None:
    now = clinic.services.clock.now()
    async with clinic.services.database.transaction() as tx:
        await add_leave(tx, 1, None, now, now + timedelta(days=7))
    await clinic.settle()
    (said,) = await alarms(clinic)
    assert said.startswith("Dana is on leave until")


async def test_every_night_it_is_looked_at_without_any_change(clinic: Clinic) -> None:
    await clinic.settle()
    async with clinic.services.database.transaction() as tx:
        await tx.connection.exec_driver_sql("update staff set chat_id = null where id = 1")
        await tx.defer("prove_readiness", lock=None, timestamp=0)
    await clinic.settle()
    assert await alarms(clinic) == [say("readiness.unreached", name="Dana")]
    nightly = clinic.storage.queue.app.periodic_registry.periodic_tasks
    assert "prove_readiness" in {name for name, _ in nightly}
