"""The rules line by line: what is plainly urgent, and what makes the same words mean less."""

import pytest

from bot.core.rules import RULES, find
from bot.core.triage import Category

PLAIN = [
    ("suicidal", "My daughter is suicidal"),
    ("suicide_act", "he has been googling suicide methods"),
    ("kill_self", "She said she wants to kill herself"),
    ("kill_self", "ive been thinking about killing myself"),
    ("kill_self", "he says he's gonna hang himself tonight"),
    ("hurt_self", "she keeps trying to hurt herself"),
    ("wants_to_die", "My 9 year old says he wants to die"),
    ("wants_to_die", "i want to end it all"),
    ("wishes_dead", "he wishes he was never born"),
    ("not_live", "I don't want to be here anymore"),
    ("not_live", "she says there is no point in living"),
    ("not_wake", "I go to bed hoping I don't wake up"),
    ("better_off", "everyone would be better off without me"),
    ("self_harm", "Found out our son self harms"),
    ("cutting_self", "My daughter has been cutting herself"),
    ("cuts_on", "there are fresh cuts on her thighs"),
    ("noose", "he tied his dressing gown cord round his neck"),
    ("overdosed", "she took 20 paracetamol"),
    ("overdosed", "He swallowed a whole bottle of pills"),
    ("dies_today", "I'm going to die today"),
    ("others_pills", "my son has swallowed my antidepressants"),
    ("others_pills", "she found my pills and took the lot"),
    ("hoards_pills", "I have been hoarding my pills"),
    ("end_it", "I can't go on like this"),
    ("plan_or_date", "she has a plan to end her life and a date"),
    ("jump_from", "he is sitting on the ledge of the car park, trying to jump off the roof"),
    ("sexual_abuse", "My niece was raped by her cousin"),
    ("touched_by", "Grandpa touched her private parts"),
    ("adult_hits_child", "Her dad hits her when he drinks"),
    ("hit_with", "they beat him with a belt"),
    ("left_alone", "his mum left the twins alone all night"),
    ("i_hurt_child", "I shook the baby"),
    ("i_hurt_child", "i choked him, just for a second"),
    ("i_hit_hard", "I slapped her across the face"),
    ("i_might_hurt", "I'm scared I'll hurt the baby"),
    ("partner_hurts_me", "My husband punched me last night"),
    ("partner_hurts_me", "My boyfriend (23m) hits me"),
    ("hands_on_throat", "he had his hands round my throat"),
    ("weapon_used", "He came at his sister with a kitchen knife"),
    ("weapon_carried", "my son took a knife to school"),
    ("threat_to_kill", "he says he will stab his teacher"),
    ("tried_to_kill", "He tried to drown his brother"),
    ("fire", "she set fire to the curtains"),
    ("seizure", "he's having a seizure"),
    ("not_breathing", "the baby is not breathing"),
    ("not_breathing", "her lips are turning blue"),
    ("swallowed", "my toddler swallowed a button battery"),
    ("head_injury", "He fell and hit his head and now he is vomiting"),
    ("missing", "we don't know where she is"),
    ("missing", "My son didn't come home last night"),
    ("voices", "He hears voices that tell him to hurt people"),
    ("nudes", "someone is asking my son for nudes"),
    ("drunk_with_kids", "their father is drunk and driving them home"),
]


@pytest.mark.parametrize(("rule", "message"), PLAIN)
def test_plain_words_are_certain(rule: str, message: str) -> None:
    hits = find(message)
    assert rule in {hit.rule for hit in hits if hit.certain}, hits


@pytest.mark.parametrize(
    ("guard", "message"),
    [
        ("inner", "she is not suicidal, I asked"),
        ("negated", "He never said he wants to die"),
        ("figurative", "I was so embarrassed I wanted to die"),
        ("figurative", "she said she wants to die of boredom, the drama queen"),
        ("fiction", "in Minecraft he set fire to the whole village"),
        ("fiction", "In the book the boy wants to kill himself, is it too old for her?"),
        ("history", "my brother took an overdose years ago"),
        ("news", "there was an assembly about self harm"),
        ("prevention", "how do I talk to her about sexual abuse"),
        ("toy", "he came at me with a plastic knife"),
    ],
)
def test_a_guard_makes_the_same_words_uncertain(guard: str, message: str) -> None:
    hits = find(message)
    assert guard in {hit.guard for hit in hits}, hits
    assert not any(hit.certain for hit in hits), hits


@pytest.mark.parametrize(
    "message",
    [
        "How do I get her to eat peas?",
        "Thanks, see you on Thursday at four",
        "I'd rather die than do the school run in the rain",
        "She's killing it at maths",
        "he is missing football on Tuesday",
        "I beat him at chess for once",
        "we blew up forty balloons",
        "they wrote ODD on the form, what does it stand for?",
        "he ran off giggling with my slipper",
        "I lost it and shouted, and then I said sorry",
        "Nan died in March and he still asks where she is buried",
    ],
)
def test_ordinary_words_are_never_certain(message: str) -> None:
    assert not any(hit.certain for hit in find(message))


@pytest.mark.parametrize(
    "message",
    [
        "she wants to k.i.l.l herself",
        "he keeps saying s u i c i d e plan",
        "my son wrote a sucide note",
        "i wanna kms",
        "she said she’s going to unalive herself",
        "k!ll hers3lf she says she wants to k!ll hers3lf",
        "HE WANTS TO DIE",
        "he OD'd on my tablets",
    ],
)
def test_disguised_and_misspelt_words_are_read(message: str) -> None:
    assert any(hit.certain for hit in find(message)), find(message)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("es", "Mi hija dice que se quiere morir"),
        ("fr", "Mon fils dit qu'il veut mourir"),
        ("de", "Meine Tochter will nicht mehr leben"),
        ("pt", "Meu filho disse que quer morrer"),
        ("it", "Mia figlia non vuole più vivere"),
        ("nl", "Mijn zoon wil dood"),
        ("pl", "Syn mówi, że chce się zabić"),
        ("tr", "Oğlum intihar etmek istiyor"),
        ("hi-Latn", "meri beti khudkushi ki baat karti hai"),
        ("tl", "gusto na niyang mamatay, naglaslas siya"),
        ("pcm", "my pikin say e wan kill himself"),
        ("ru", "Сын говорит, что хочет умереть"),
        ("ar", "ابني يريد الانتحار"),
    ],
)
def test_crisis_words_are_known_in_other_languages(language: str, message: str) -> None:
    assert any(hit.certain and hit.rule.startswith(f"{language}:") for hit in find(message))


def test_an_english_word_does_not_trip_a_foreign_rule() -> None:
    rules = {hit.rule for hit in find("he asked what suicide means after an assembly")}
    assert not any(":" in rule for rule in rules)


def test_again_after_something_dangerous_is_certain() -> None:
    before = ("in spring she took 20 paracetamol",)
    assert find("she did it again", before)[0].certain
    assert not find("she did it again", ("she drew on the wall",))


@pytest.mark.parametrize(
    ("message", "category"),
    [
        ("I want to kill myself", Category.PARENT_SUICIDE_SELF_HARM),
        ("im 13 and i want to kill myself", Category.CHILD_SUICIDE_SELF_HARM),
        ("my son wants to kill himself", Category.CHILD_SUICIDE_SELF_HARM),
    ],
)
def test_the_category_follows_whose_danger_it_is(message: str, category: Category) -> None:
    assert find(message)[0].category is category


def test_every_rule_has_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_certain_hits_come_first() -> None:
    hits = find("There is blood in her drawer and she wants to kill herself. They wrote suicide.")
    assert [hit.certain for hit in hits] == sorted((hit.certain for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("he took all my sleeping tablets", Category.CHILD_SUICIDE_SELF_HARM),
        ("my son has swallowed my antidepressants", Category.CHILD_SUICIDE_SELF_HARM),
        ("I took all my sleeping tablets", Category.PARENT_SUICIDE_SELF_HARM),
        ("he is asleep and I took all my tablets", Category.PARENT_SUICIDE_SELF_HARM),
    ],
)
def test_whoever_does_it_is_whom_the_danger_is_about(text: str, category: Category) -> None:
    assert find(text)[0].category is category
