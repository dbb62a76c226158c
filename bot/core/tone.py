"""Words that a text for parents does without: blame, diagnoses, promises, making light of it."""

import re
from collections.abc import Iterable, Mapping

BANNED: Mapping[str, re.Pattern[str]] = {
    "a word that makes light of it": re.compile(
        r"\b(just|(?<!not )simply|(?<!not )obviously|you must|all you have to)\b",
        re.IGNORECASE,
    ),
    "a promise": re.compile(
        r"\b(always works?|never fails?|will fix|guarantee[ds]?|in no time"
        r"|will (soon )?(be fine|go away|disappear))\b",
        re.IGNORECASE,
    ),
    "a diagnosis": re.compile(
        r"\b(your child|they|she|he) (has|have|is|are|suffers? from) (probably )?"
        r"(adhd|autis\w+|depress(ed|ion)|bipolar|disordered|traumati[sz]ed|ocd|ptsd)\b",
        re.IGNORECASE,
    ),
    "blame": re.compile(
        r"\b(your fault that|you caused|you should have|bad parenting|spoilt)\b",
        re.IGNORECASE,
    ),
}


def faults_of_tone(text: str) -> Iterable[str]:
    """What is said in a text that should not be, each kind once."""
    for what, pattern in BANNED.items():
        hit = pattern.search(text)
        if hit:
            yield f"{what}: '{hit.group(0)}'"
