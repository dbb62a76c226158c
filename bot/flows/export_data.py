"""`/mydata`: a parent gets a file with everything that is kept about them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.deliveries import Delivery, Upload
from bot.core.own_data import ONCE_IN
from bot.core.own_data_page import Told, page
from bot.core.people import Parent
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.clocks import chat_zone
from bot.storage.database import Tx
from bot.storage.deliveries import FORGOTTEN_EXPORT, owe
from bot.storage.inbox import claim_update, last_handled
from bot.storage.own_data import own_data
from bot.storage.people import clinic_name

GIVEN = "mydata"


async def export_data(s: Services, parent: Parent, update_id: int) -> None:
    """Send it, unless they had it within the hour."""
    async with s.database.transaction() as tx:
        now = s.clock.now()
        before = await last_handled(tx, parent.chat_id, GIVEN)
        may_have_it = before is None or now >= before + ONCE_IN
        if not await claim_update(tx, update_id, GIVEN if may_have_it else "mydata_again", now):
            return
        zone = await chat_zone(tx, s, parent.chat_id, parent.family.country)
        if before is not None and not may_have_it:
            again_at = (before + ONCE_IN + timedelta(minutes=1)).astimezone(zone)
            text = s.phrases.say("mydata.once_an_hour", at=f"{again_at:%H:%M}")
            await say(tx, s, parent.chat_id, f"mydata-again:{update_id}", Reply(text))
            return
        await _give(tx, s, parent, zone, update_id)


async def _give(tx: Tx, s: Services, parent: Parent, zone: ZoneInfo, update_id: int) -> None:
    now = s.clock.now()
    told = Told(
        phrases=s.phrases,
        zone=zone,
        skills={skill.id: skill.title for skill in s.skills.values()},
        pages={one.id: one.title for one in s.guidance.documents.values()},
    )
    data = await own_data(tx, parent)
    content = page(parent, data, told, await clinic_name(tx), now)
    caption = Reply(s.phrases.say("mydata.caption", therapist=parent.family.therapist.name))
    name = f"my-data-{now.astimezone(zone):%Y-%m-%d}.html"
    upload = Upload(name, content.encode(), caption)
    await owe(tx, Delivery(f"{FORGOTTEN_EXPORT}{update_id}", parent.chat_id, upload), now)
