"""Questions about the bot and complaints about its answer, as far as a message is plainly one.

A message is only taken for one if nothing else stands in it: what leans on something else, or could
be about the child, is left to the guidance.
"""

import re
from enum import StrEnum


class Topic(StrEnum):
    """What somebody wants to know of the bot, or that its answer was not what they meant."""

    HELP = "about_help"
    PRIVACY = "about_privacy"
    NUDGES = "about_nudges"
    STOPPING = "about_stopping"
    NOT_MEANT = "not_meant"


_BOT = r"(?:(?:this|the) (?:bot|app|chat ?bot|chat|service|program)|held in mind)"
_WRITTEN = r"(?:what (?:i|we) (?:write|type|say|send|tell you|have written|wrote)|my messages)"
_NUDGES = r"(?:notifications?|nudges?|reminders?|pings?)"
_WHEN = r"(?:times?|days?|hours?)(?: and (?:times?|days?))?"
_MINE = rf"(?:{_WRITTEN}|(?:all )?my (?:data|account|chat|chats))"
_HOW = r"(?:how (?:do|can) (?:i|we)|can (?:i|you)|could you)"
_THE = r"(?:(?:the|these|those|your|all|all the) )?"
_END = r"(?:stop|end|mute|silence|pause|turn off|switch off|get rid of)"
_HERE = r"(?: here| in here| on here| to you| with you)?"
_BAD = (
    r"(?:(?:really|very|so|totally|completely|pretty|just) )?(?:a )?(?:useless|pointless|rubbish|"
    r"crap|no help|no use|unhelpful|not (?:very |really |any )?(?:helpful|useful|help|use)|"
    r"irrelevant|wrong|terrible|bad|stupid|daft)"
)
_ANSWER = r"(?:answer|reply|advice|page|response|suggestion)"
_NOT = r"(?:does not|doesn't|did not|didn't|is not|isn't|have not|haven't) (?:really |even )?"
_ASKED = r"(?:it|me|my question|the question|what i asked)"
_MEANT = r"(?:meant|asked|mean|was asking|said|wanted)(?: for| to know)?"
_LEAD = r"(?:(?:so|sorry|hi|hello|hey|ok|okay|but|please|wait|um) )*"

_ALWAYS = {
    Topic.HELP: rf"""
what(?:'s| is) {_BOT}(?: for| about)?
what are you(?: for)?
who are you
what (?:can|do) you do{_HERE}
what can i (?:ask|do|use) (?:you|here|you here|you for|this for|with {_BOT})
how (?:does {_BOT}|do you) work
how (?:do|can|should) (?:i|we) use (?:you|this|{_BOT})
what commands (?:are there|do you (?:have|know)|can i use)
(?:what|which) are (?:the|your) commands
(?:show me|give me) (?:the|your) (?:help|commands)
""",
    Topic.PRIVACY: rf"""
who (?:can |will |could |else )?(?:sees?|reads?|gets to see) (?:{_WRITTEN}|this chat){_HERE}
(?:is|are) (?:{_WRITTEN}|{_BOT}){_HERE} (?:private|confidential|secret|encrypted)
(?:do you|does {_BOT}) (?:keep|store|save|share) (?:{_WRITTEN})
(?:where|who) does {_WRITTEN}{_HERE} go(?: to)?
""",
    Topic.NUDGES: rf"""
{_HOW} {_END} {_THE}{_NUDGES}
{_HOW} (?:turn|switch) {_THE}{_NUDGES} off
{_END} {_THE}{_NUDGES}
stop (?:sending me|with the) {_NUDGES}
(?:i do not|i don't) want (?:any )?(?:more )?{_NUDGES}(?: any ?more)?
{_END} {_THE}{_NUDGES}(?: please| for (?:a|one|two) (?:while|day|week|days|weeks)| for now)
{_HOW} (?:change|move|set|pick) {_THE}{_WHEN} (?:of|for) {_THE}{_NUDGES}
(?:please )?(?:change|move) {_THE}{_WHEN} (?:of|for) {_THE}{_NUDGES}(?: please)?
{_HOW} (?:have|get) (?:fewer|less|more) {_NUDGES}
(?:fewer|less) {_NUDGES}(?: please)?
too many {_NUDGES}
(?:when|what time) (?:is|does|do) {_THE}(?:next )?{_NUDGES}(?: come)?
""",
    Topic.STOPPING: rf"""
how (?:do|can) (?:i|we) (?:delete|erase|remove) {_MINE}
(?:can you|please) (?:delete|erase|remove) {_MINE}
how (?:do|can) (?:i|we) (?:stop using|leave|quit) {_BOT}
how (?:do|can) (?:i|we) unsubscribe
""",
}
_AFTER_ANSWER = {
    Topic.NOT_MEANT: rf"""
(?:that(?:'s| is| was)|this is|it(?:'s| is| was)|what) (?:an? )?{_BAD} {_ANSWER}
(?:that|this|the|your) (?:{_ANSWER} )?(?:is|was) {_BAD}
that's {_BAD}
{_BAD} {_ANSWER}
(?:that|this|it) {_NOT}(?:help(?: me| at all| much)?|answer {_ASKED})
(?:you|this) {_NOT}answer(?:ed)? {_ASKED}
(?:that is|that's|that was|this is) not (?:at all )?(?:what|how) i {_MEANT}
not what i {_MEANT}
i (?:did not|didn't) (?:mean|ask) (?:that|for that|about that)
(?:you(?:'ve| have)? )?(?:misunderstood|misread)(?: me| that)?
you (?:do not|don't|did not|didn't) (?:understand|get it)(?: me)?
wrong {_ANSWER}
""",
}
_AT_FIRST = {
    Topic.HELP: r"""
what(?:'s| is) this(?: for| about)?
who is this
how does this work
""",
    Topic.PRIVACY: r"""
is this (?:private|confidential|secret|encrypted)
""",
}


def _compiled(lines: dict[Topic, str]) -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    return tuple(
        (topic, re.compile(_LEAD + "(?:" + "|".join(text.strip().splitlines()) + ")"))
        for topic, text in lines.items()
    )


_RULES, _FIRST_RULES = _compiled(_ALWAYS), _compiled(_AT_FIRST)
_LATER_RULES = _compiled(_AFTER_ANSWER)
ABOUT_THE_BOT = frozenset(Topic) - {Topic.NOT_MEANT}


def topic_of(text: str, *, is_first: bool) -> Topic | None:
    """What a message wants of the bot; `is_first`: nothing was written for it to lean on."""
    plain = " ".join(re.sub(r"[^\w']+", " ", text.lower().replace("’", "'")).split())
    rules = (*_RULES, *(_FIRST_RULES if is_first else _LATER_RULES))
    return next((topic for topic, rule in rules if rule.fullmatch(plain)), None)
