"""What joining means, and what a therapist hears of it."""

from bot.core.consent import tag
from bot.core.deliveries import Delivery, Send
from bot.core.enrolment import Link
from bot.core.people import Family
from bot.core.replies import Button, Reply, as_written
from bot.flows.services import Services
from bot.flows.steps.wording import about_model, terms_of
from bot.storage import people
from bot.storage.database import Tx
from bot.storage.deliveries import owe


async def consent_reply(tx: Tx, s: Services, link: Link, name: str) -> Reply:
    """The text that somebody agrees to before they join a family, with its two buttons."""
    family = await people.family(tx, link.owner_id)
    therapist = family.therapist.name
    text = s.phrases.say(
        "joining.consent",
        name=name,
        therapist=therapist,
        clinic=await people.clinic_name(tx),
        emergency=s.directory.of(family.country).emergency,
        who_sees=s.phrases.say("joining.who_sees", therapist=therapist),
        stopping=s.phrases.say("joining.stopping", therapist=therapist),
    )
    decline = Button(s.phrases.say("joining.decline_button"), f"decline:{link.id}")
    if s.wording is not None:
        text = f"{text}\n\n{about_model(s, s.wording)}"
    return Reply(text, (*((one,) for one in _ways_to_agree(s, link)), (decline,)))


def _ways_to_agree(s: Services, link: Link) -> tuple[Button, ...]:
    """One way, or two where a language model may be agreed to as well: nobody has to."""
    if s.wording is None:
        return (Button(s.phrases.say("joining.agree_button"), f"agree:{link.id}"),)
    short = tag(terms_of(s, s.wording))
    return (
        Button(s.phrases.say("wording.agree_button"), f"agree:{link.id}.yes.{short}"),
        Button(s.phrases.say("wording.agree_plain_button"), f"agree:{link.id}.no.{short}"),
    )


async def tell_therapist(
    tx: Tx, s: Services, family: Family, link: Link, name: str, *, joined: bool
) -> None:
    """Let the therapist know, once for each link, that somebody joined or declined."""
    therapist, what = family.therapist, "joined" if joined else "declined"
    if therapist.chat_id is None:
        return
    text = s.phrases.say(
        f"joining.therapist_{what}", name=as_written(name), alias=as_written(family.alias)
    )
    delivery = Delivery(
        f"link:{link.id}:{what}:told", therapist.chat_id, Send(Reply(text)), staff_id=therapist.id
    )
    await owe(tx, delivery, s.clock.now())
