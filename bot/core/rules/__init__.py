"""Words that everybody would call an emergency, and what makes them mean something else."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.core.rules import danger, harm_by_others, other_languages, self_harm
from bot.core.rules.guards import Place, guard_of
from bot.core.rules.pattern import Rule
from bot.core.rules.voice import category_by_voice
from bot.core.triage import Category, RuleHit
from bot.core.wording import normalise

RULES: tuple[Rule, ...] = (*self_harm.RULES, *harm_by_others.RULES, *danger.RULES)
SURROUNDINGS = 160  # characters each side in which a game or a joke is looked for
EARLIER = 4  # messages before this one that can make it mean something else
SELF_HARM = {Category.CHILD_SUICIDE_SELF_HARM, Category.PARENT_SUICIDE_SELF_HARM}
ASIDE = re.compile(r" ?[(\[][\w/ ]{1,8}[)\]]")  # an age or a sex, as forums write them
AGAIN = re.compile(
    r"\b(?:(?:did|does|done|doing|has|had|at|tried|started|took|happened|happening|saying|said|says)"
    r"(?: \w+){0,2} (?:it|that|them|some|this) (?:again|today|tonight|last night|this morning)"
    r"|(?:again|same) (?:today|tonight|last night|this morning)|(?:its|it is|it has|has) (?:happened"
    r"|happening|started|got worse|back|getting worse)|(?:at it|it|one|happened) again|worse (?:today"
    r"|tonight|now))\b"
)
ENDS = ".?!\n"


def find(text: str, context: Sequence[str] = ()) -> tuple[RuleHit, ...]:
    """What the rules find in a message, each rule once; certain hits first.

    The earlier messages count when the new one says that it is happening again.
    """
    return _find(text, tuple(context[-EARLIER:]))


def sounds_urgent(text: str) -> bool:
    """Whether a rule knows words of a message that nothing explains away: read it before others."""
    return any(not hit.guard for hit in find(text))


@lru_cache(maxsize=16)  # the model and the decision ask about the same message
def _find(text: str, context: tuple[str, ...]) -> tuple[RuleHit, ...]:
    plain = ASIDE.sub("", normalise(text))
    hits = [*_alone(plain), *_again(plain, context)]
    return tuple(sorted(hits, key=lambda hit: (not hit.certain, bool(hit.guard))))


@lru_cache(maxsize=1024)  # the next messages of a chat ask about this one again
def _alone(plain: str) -> tuple[RuleHit, ...]:
    return (*_hits(plain), *other_languages.hits(plain))


def _again(plain: str, context: Sequence[str]) -> Iterator[RuleHit]:
    match = AGAIN.search(plain)
    if match is None:
        return
    earlier = [hit for text in context[-EARLIER:] for hit in find(text) if not hit.guard]
    if earlier:
        worst = earlier[0]
        certain = worst.certain or worst.category in SELF_HARM
        yield RuleHit(f"again:{worst.rule}", worst.category, match[0], certain)


def _hits(plain: str) -> Iterator[RuleHit]:
    for rule in RULES:
        found = [_hit(rule, plain, match.span()) for match in rule.compiled.finditer(plain)]
        if found:
            yield min(found, key=lambda hit: (not hit.certain, bool(hit.guard)))


def _hit(rule: Rule, plain: str, span: tuple[int, int]) -> RuleHit:
    guard = guard_of(_place(plain, *span), rule.guards)
    words = plain[slice(*span)].strip()
    category = category_by_voice(rule.category, plain, words)
    return RuleHit(rule.name, category, words, rule.sure and not guard, guard)


def _place(plain: str, start: int, end: int) -> Place:
    first = max((plain.rfind(sign, 0, start) for sign in ENDS), default=-1) + 1
    stops = [at for sign in ENDS if (at := plain.find(sign, end)) >= 0]
    last = min(stops, default=len(plain))
    around = plain[max(0, start - SURROUNDINGS) : end + SURROUNDINGS]
    return Place(plain[first:start], plain[start:end], plain[end:last], around)
