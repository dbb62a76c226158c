"""What a family sent before anybody had its flag reaches whoever opens or takes it, once each."""

import pytest

from bot.storage.flags import events_of
from bot.storage.people import staff_names
from tests import telegram_json as told
from tests.flows.clinic import ALEX, DANA, NOOR, PIP, ROBINS, SAM, Clinic, say
from tests.flows.script import URGENT

FOLLOWS = say("flags.media_follow", alias=ROBINS)


def copies(clinic: Clinic, chat_id: int) -> list[int]:
    """The numbers of the messages of which copies stand on a phone, in order."""
    return [one.copied_from for one in clinic.phone(chat_id) if one.copied_from is not None]


async def three_media(clinic: Clinic) -> list[int]:
    """Something urgent under a photo, then a voice message and a file; their numbers."""
    photo = await clinic.sends(SAM, "photo", URGENT)
    await clinic.says(SAM, "listen")
    return [photo, await clinic.sends(SAM, "voice"), await clinic.sends(SAM, "document")]


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "document"])
@pytest.mark.parametrize("press", ["show:1", "take:1"])
async def test_what_was_sent_before_anybody_took_it_reaches_staff(
    clinic: Clinic, kind: str, press: str
) -> None:
    await clinic.says(SAM, URGENT)
    number = await clinic.sends(SAM, kind)
    assert copies(clinic, DANA) == []
    await clinic.presses(DANA, press)
    assert copies(clinic, DANA) == [number]


@pytest.mark.parametrize("press", ["show:1", "take:1"])
async def test_it_comes_in_the_order_in_which_it_was_sent(clinic: Clinic, press: str) -> None:
    numbers = await three_media(clinic)
    await clinic.presses(DANA, press)
    assert copies(clinic, DANA) == numbers


async def test_each_person_gets_each_of_them_once_however_often_they_press(clinic: Clinic) -> None:
    numbers = await three_media(clinic)
    await clinic.forward(minutes=10, seconds=1)
    for press in ("show:1", "show:1", "take:1", "show:1"):
        await clinic.presses(DANA, press)
    await clinic.presses(NOOR, "show:1")
    assert copies(clinic, DANA) == copies(clinic, NOOR) == numbers
    assert FOLLOWS not in clinic.texts(DANA), "she had them already"


async def test_whoever_takes_it_unread_is_told_what_the_copies_are(clinic: Clinic) -> None:
    await three_media(clinic)
    await clinic.presses(DANA, "take:1")
    assert clinic.texts(DANA).count(FOLLOWS) == 1


async def test_without_media_nothing_is_said_of_any(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "take:1")
    assert FOLLOWS not in clinic.texts(DANA)
    assert "media_sent" not in await clinic.history()


async def got_copies(clinic: Clinic) -> list[str | None]:
    """Who got copies of media with a flag that they took, by its history."""
    async with clinic.services.database.transaction() as tx:
        names = await staff_names(tx)
        events = await events_of(tx, 1)
    return [names.get(one.staff_id or 0) for one in events if one.what == "media_sent"]


async def test_who_got_the_media_with_the_flag_stands_in_its_history(clinic: Clinic) -> None:
    await three_media(clinic)
    await clinic.presses(DANA, "take:1")
    assert await got_copies(clinic) == ["Dana"]
    await clinic.presses(DANA, "passto:1.2")
    await clinic.presses(NOOR, "take:1")
    assert await got_copies(clinic) == ["Dana", "Noor"]


async def test_whoever_has_them_already_gets_none_again_by_taking_it(clinic: Clinic) -> None:
    await three_media(clinic)
    await clinic.presses(DANA, "show:1")
    await clinic.presses(DANA, "take:1")
    assert await got_copies(clinic) == []


async def test_copies_alone_are_no_reading_of_the_words(clinic: Clinic) -> None:
    await three_media(clinic)
    await clinic.presses(DANA, "take:1")
    assert await clinic.presses(DANA, "close:1.not_urgent") == say("flags.unread_toast")


async def test_what_comes_once_it_is_taken_is_not_sent_a_second_time_on_request(
    taken: Clinic,
) -> None:
    number = await taken.sends(SAM, "photo", "look")
    await taken.presses(DANA, "show:1")
    assert copies(taken, DANA) == [number]


async def test_whoever_takes_it_over_gets_all_of_it(taken: Clinic) -> None:
    number = await taken.sends(SAM, "photo")
    await taken.presses(DANA, "passto:1.2")
    await taken.presses(NOOR, "take:1")
    assert copies(taken, NOOR) == [number]


async def test_a_reply_under_a_copy_goes_to_the_parent_who_sent_it(taken: Clinic) -> None:
    await taken.sends(ALEX, "photo", URGENT)
    await taken.says(SAM, "I am here")
    await taken.presses(DANA, "passto:1.2")
    await taken.presses(NOOR, "take:1")
    copied = next(one for one in taken.phone(NOOR) if one.copied_from is not None)
    under = {"reply_to_message": told.message(NOOR, copied.message_id, "Held", text="…")}
    await taken.says(NOOR, "thank you for the picture", **under)
    assert "thank you for the picture" in taken.last(ALEX).text


async def test_a_photo_that_was_exchanged_for_another_is_copied_once(clinic: Clinic) -> None:
    number = await clinic.sends(SAM, "photo", URGENT)
    update = told.media(SAM, number, "photo", "here it is better to see")
    update["edited_message"] = update.pop("message") | {"edit_date": told.SENT + 60}
    await clinic.receive(update)
    await clinic.presses(DANA, "show:1")
    assert copies(clinic, DANA) == [number]


async def test_show_message_says_where_a_medium_stood(clinic: Clinic) -> None:
    await clinic.sends(SAM, "photo", URGENT)
    await clinic.sends(SAM, "voice")
    await clinic.presses(DANA, "show:1")
    shown = next(text for text in clinic.texts(DANA) if URGENT in text)
    photo, voice = say("questions.medium_photo"), say("questions.medium_voice")
    assert say("flags.shown_medium", text=URGENT, medium=photo) in shown
    assert say("flags.shown_unread", medium=voice) in shown


async def test_a_strangers_photo_reaches_on_call(clinic: Clinic) -> None:
    await clinic.says(9001, URGENT)
    number = await clinic.sends(9001, "photo")
    await clinic.presses(NOOR, "take:1")
    assert copies(clinic, NOOR) == [number]


async def test_no_other_familys_media_come_along(clinic: Clinic) -> None:
    await clinic.says(PIP, URGENT)
    await clinic.sends(PIP, "photo")
    await three_media(clinic)
    await clinic.presses(DANA, "take:1")
    assert len(copies(clinic, DANA)) == 1


# The conversation as a whole.


async def test_whoever_takes_it_over_reads_what_was_said_on_both_sides_in_order(
    taken: Clinic,
) -> None:
    await taken.says(SAM, "she is in the bathroom")
    await taken.says(DANA, "is the door open?")
    await taken.says(SAM, "yes it is")
    await taken.presses(DANA, "passto:1.2")
    await taken.presses(NOOR, "take:1")
    await taken.presses(NOOR, "show:1")
    shown = taken.last(NOOR).text
    said = [URGENT, "she is in the bathroom", "Dana: is the door open?", "yes it is"]
    assert sorted(said, key=shown.index) == said


async def test_a_photo_that_staff_sent_is_there_for_whoever_takes_it_over(taken: Clinic) -> None:
    number = await taken.sends(DANA, "photo")
    await taken.presses(DANA, "passto:1.2")
    await taken.presses(NOOR, "take:1")
    assert copies(taken, NOOR) == [number]
    await taken.presses(DANA, "show:1")
    assert copies(taken, DANA) == [], "it is her own"


async def test_what_never_reached_the_family_is_not_shown_as_said(taken: Clinic) -> None:
    taken.messenger.blocked.add(SAM)
    await taken.says(DANA, "is the door open?")
    await taken.presses(DANA, "show:1")
    assert "is the door open?" not in taken.last(DANA).text
