"""Alarming the clinic: something needs its people, not the people of one family."""

import structlog

from bot.core.deliveries import Delivery, Lane, Send
from bot.core.notices import Notice
from bot.core.people import Role, Staff
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.storage.alarms import add_alarm
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.notices import owe_notice
from bot.storage.people import all_staff, clinic_name

log = structlog.get_logger(__name__)
WHO_ANSWERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)


async def alarm_clinic(tx: Tx, s: Services, kind: str, key: str, sentence: str) -> None:
    """Tell whoever answers for the clinic; the same `key` alarms once, however often it is raised.

    `kind` names the trouble in one word, for logs and counts; `sentence` is for people to read.
    """
    if await add_alarm(tx, kind, key, sentence, s.clock.now()) is None:
        return
    log.error("the clinic is alarmed", kind=kind, key=key)
    await _tell_otherwise(tx, s, key, sentence)
    reply = Reply(s.phrases.say("alarms.alarm", sentence=sentence))
    for person in _who_answers(await all_staff(tx)):
        await _tell(tx, s, key, person, reply)


def _who_answers(staff: tuple[Staff, ...]) -> tuple[Staff, ...]:
    """Supervisors and administrators; in a clinic that has none of them, whoever is on call."""
    linked = [one for one in staff if one.is_linked]
    answering = [one for one in linked if one.role in WHO_ANSWERS]
    return tuple(answering or [one for one in linked if one.role is Role.ON_CALL])


async def _tell_otherwise(tx: Tx, s: Services, key: str, sentence: str) -> None:
    """The clinic's own addresses outside Telegram hear every alarm."""
    title = s.phrases.say("second_channel.alarm_title")
    text = s.phrases.say("second_channel.alarm", sentence=sentence, clinic=await clinic_name(tx))
    for mark in s.second_channel.clinic_marks:
        notice = Notice(f"alarm:{key}:{mark}", title, text, clinic_mark=mark)
        await owe_notice(tx, notice, s.clock.now())


async def _tell(tx: Tx, s: Services, key: str, person: Staff, reply: Reply) -> None:
    assert person.chat_id is not None, "only linked staff are told"
    delivery = Delivery(
        f"alarm:{key}:{person.id}", person.chat_id, Send(reply), Lane.FLAG, staff_id=person.id
    )
    await owe(tx, delivery, s.clock.now())
