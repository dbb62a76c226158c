"""The safety check: one question to the parent where a message might be urgent."""

import re
from enum import StrEnum

from bot.core.triage import Concern


class CheckAnswer(StrEnum):
    """How a parent answered, by button or in words."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


class CheckState(StrEnum):
    """What became of a check; everything but `answered_no` raised a flag or still waits."""

    ASKED = "asked"
    ANSWERED_NO = "answered_no"
    ANSWERED_YES = "answered_yes"
    ANSWERED_UNSURE = "answered_unsure"
    WORRYING_MESSAGE = "worrying_message"
    SILENT = "silent"


class Next(StrEnum):
    """What follows an answer or a message while a check is open."""

    RAISE = "raise"
    ANSWER = "answer"
    ASK_AGAIN = "ask_again"


_NO = re.compile(
    r"(no+|nope|nah|no,? thanks?|no one|nobody|no,? (everyone|everybody|we)('s| is|'re| are)? "
    r"(safe|fine|ok|okay)|(everyone|everybody|we)('s| is|'re| are)? (all )?(safe|fine|ok|okay))"
    r"[.! ]*",
    re.IGNORECASE,
)
_YES = re.compile(
    r"(yes+|yeah|yep|yup|ye|y|i think so|maybe|not sure|i'?m not sure|i don'?t know|dunno)\b.*",
    re.IGNORECASE | re.DOTALL,
)


def read_answer(text: str) -> CheckAnswer | None:
    """A typed answer to the check, if that is what the words are; doubt counts as *not sure*."""
    plain = text.strip().replace("’", "'")
    if _NO.fullmatch(plain):
        return CheckAnswer.NO
    if _YES.fullmatch(plain):
        certain = re.match(r"y", plain, re.IGNORECASE)
        return CheckAnswer.YES if certain else CheckAnswer.UNSURE
    return None


def after_answer(answer: CheckAnswer) -> tuple[CheckState, Next]:
    """Only a plain *No* lets the answer follow."""
    match answer:
        case CheckAnswer.NO:
            return CheckState.ANSWERED_NO, Next.ANSWER
        case CheckAnswer.YES:
            return CheckState.ANSWERED_YES, Next.RAISE
        case CheckAnswer.UNSURE:
            return CheckState.ANSWERED_UNSURE, Next.RAISE


def after_message(text: str, concern: Concern) -> tuple[CheckState, Next]:
    """What another message means while the check is open: worry raises, the rest asks again."""
    if concern is Concern.URGENT:
        return CheckState.WORRYING_MESSAGE, Next.RAISE
    answer = read_answer(text)
    if answer is not None:
        return after_answer(answer)
    if concern is Concern.CHECK:
        return CheckState.WORRYING_MESSAGE, Next.RAISE
    return CheckState.ASKED, Next.ASK_AGAIN
