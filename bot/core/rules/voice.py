"""Who speaks: a grown-up about themselves, a child who holds the phone, or a parent of a child."""

import re

from bot.core.triage import Category

_CHILD_SPEAKS = re.compile(
    r"\b(?:i am|im) (?:a )?(?:[6-9]|1[0-7]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)\b(?! (?:weeks|months"
    r"|years (?:sober|clean|married)|days))|\b(?:my|this is) (?:mum|mom|mam|mums|moms|amma|mummy|ammi|dads?|papa) ?s? (?:phone"
    r"|mobile)|\b(?:im|i am|i) (?:in )?(?:class|year|grade|form) \d|dont tell (?:my )?(?:mum|mom|dad)|my (?:teacher|form tutor)"
    r"|after school|\bmy homework\b"
)
_OF_MYSELF = re.compile(r"\b(?:i|im|ive|id|ill|me|my|myself)\b")
_OF_OTHERS = re.compile(r"\b(?:he|she|him|her|his|hes|shes|himself|herself|they|themselves)\b")


_SUBJECT = re.compile(r"(?:^|[.,;!?\n] ?|\b(?:and|but|so|then|because) )([^.,;!?\n]*)$")
_DOES = re.compile(
    r"\b(?:he|she|hes|shes|they|son|daughter|boy|girl|child|kid|teen|teenager|lad|brother|sister)\b"
)


def category_by_voice(category: Category, plain: str, words: str) -> Category:
    """Self-harm belongs to the parent when the words are about the writer and no child writes."""
    if category is not Category.CHILD_SUICIDE_SELF_HARM or _CHILD_SPEAKS.search(plain):
        return category
    if _somebody_else_does(plain, words):
        return category
    if _OF_OTHERS.search(words) or not _OF_MYSELF.search(words):
        return category if not _only_about_myself(plain) else Category.PARENT_SUICIDE_SELF_HARM
    return Category.PARENT_SUICIDE_SELF_HARM


def _only_about_myself(plain: str) -> bool:
    return bool(_OF_MYSELF.search(plain)) and not _OF_OTHERS.search(plain)


def _somebody_else_does(plain: str, words: str) -> bool:
    """Whether the clause that leads up to the words is about another: 'he took all my pills'."""
    if _DOES.match(words):
        return True
    before = _SUBJECT.search(plain[: max(plain.find(words), 0)])
    return bool(before and _DOES.search(before[1]) and not re.search(r"\bi\b", before[1]))
