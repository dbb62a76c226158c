"""A chat sent a lot at once: one reply to all of it, in place of one to each."""

from bot.core.deliveries import Delivery, Send
from bot.core.holding import numbers_text
from bot.core.people import Parent
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.messages import gathered
from bot.storage.people import clinic_country, who_is


async def say_gathered(tx: Tx, s: Services, chat_id: int, message_id: int) -> None:
    """Say that nothing is lost, what is not answered, and how to reach a person."""
    who = await who_is(tx, chat_id, "")
    keyboard: tuple[str, ...] = ()
    if isinstance(who, Parent):
        text = s.phrases.say("general.gathered", therapist=who.family.therapist.name)
        keyboard = (s.phrases.say("general.person_button"),)
    else:
        country = await clinic_country(tx)
        numbers = numbers_text(s.directory, country, None, s.phrases)
        text = s.phrases.say("joining.gathered", numbers=numbers)
    send = Send(Reply(text), keyboard)
    delivery = Delivery(f"gathered:{message_id}", chat_id, send, about=gathered(chat_id))
    await owe(tx, delivery, s.clock.now())
