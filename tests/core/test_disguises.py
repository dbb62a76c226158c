"""Disguised words are read as they are meant, and ordinary ones stay as they are."""

import pytest

from bot.core.disguises import undisguised


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("K I L L  M Y S E L F", "KILL MYSELF"),
        ("I want to d i e", "I want to die"),
        ("s.u.i.c.i.d.e", "suicide"),
        ("sh3 w4nts 2 d13", "she wants 2 die"),
        ("she wants to k1ll h3rs3lf", "she wants to kill herself"),
        ("she wants to k@ll herself", "she wants to kill herself"),
        ("he k*lled it", "he killed it"),
        ("a su!c!de note", "a suicide note"),
        ("he r@ped her", "he raped her"),
        ("shewantstodie", "she wants to die"),
        ("iwanttokillmyself tonight", "iwantto kill myself tonight"),
        ("kіll mysеlf", "kill myself"),  # two Cyrillic letters
        ("k\u200bi\u200bl\u200bl", "kill"),
        ("ｋｉｌｌ", "kill"),
        ("k̷i̷l̷l̷", "kill"),
    ],
)
def test_a_disguise_comes_off(written: str, meant: str) -> None:
    assert undisguised(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Her email is anna@home.org, or https://ki11.example/d13",
        "We need 4 tickets, and 2 B12 tablets at 5pm.",
        "I'd like an A4 form. Is 10x better?",
        "The MP3 player is £50.",
        "Skill, skillset, diet, studied: none of these.",
        "Zoë's naïve café",
        "wishes! he said",
        "sharif bi2ol la2 mama 3anjad w 7akeina",  # Arabic in the letters of chats
    ],
)
def test_what_is_no_disguise_stays(text: str) -> None:
    assert undisguised(text) == text


def test_rude_words_are_not_made_into_dangers() -> None:
    assert "shot" not in undisguised("this sh*t again")
