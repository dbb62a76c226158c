"""What makes alarming words uncertain: negation, figures of speech, games, news, old history."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Place(NamedTuple):
    """Where a rule matched: the sentence, what stands before and after in it, and the surroundings."""

    before: str
    words: str
    after: str
    around: str

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return self.before + self.words + self.after


_NEGATION = (
    r"(?:not|never|no|isnt|wasnt|arent|aint|doesnt|dont|didnt|hasnt|havent|wont|wouldnt|without"
    r"|nor|neither|nobody|no one|none|denies|denied|deny|rather than|instead of|nothing like|ruled out"
    r"|no sign of|no signs of|no thoughts of|isnt about|free of|zero|whether|if)"
)
NEGATED = re.compile(rf"\b{_NEGATION}(?: [\w-]+){{0,3}} ?$")
FIGURATIVE_AFTER = re.compile(
    r"^ ?(?:of (?:embarrass\w*|shame|laugh\w*|boredom|cring\w*|cute\w*|mortif\w*|happiness|joy|envy"
    r"|thirst|heat|cold|tired\w*|exhaust\w*|hunger|curiosity|love)|laugh\w*|from (?:embarrass\w*|cute\w*"
    r"|laugh\w*|boredom|cring\w*)|inside|for (?:forgetting|saying|not|a |that|this|the|chocolate|cake)"
    r"|with (?:embarrass\w*|laugh\w*|kindness|the news|questions|kisses|cuddles|a pillow|pillows|love"
    r"|a cushion|balloons?)|if (?:i|we) have to|when (?:i|he|she) (?:see|saw|find)|at (?:chess|uno|cards"
    r"|snap|fifa|football|it|mario|monopoly|ludo|table|draughts|checkers|connect|scrabble|racing|games?)"
    r"|to (?:get|make|keep|the)|over (?:a|the|homework|sums|maths)|up (?:for|about)|him (?:a|an|over|for)|a (?:party|look"
    r"|line|glance|kiss|hug))"
)
FIGURATIVE = re.compile(
    r"\b(?:embarrass\w*|mortif\w*|cring\w+|drama ?queen|dramatic\w*|melodram\w*|swallow me|haha+|hilarious"
    r"|figure of speech|so to speak|joke|joking|laughing|in a good way|lmao|exaggerat\w*|theatrical\w*"
    r"|not literally|not really|obviously not|kidding|bless (?:him|her)|giggl\w*|deadpan|oscar)\b"
)
FICTION = re.compile(
    r"\b(?:minecraft|roblox|fortnite|zelda|sims|pokemon|mario|among us|gta|call of duty|cod|xbox|ps[45]|ludo"
    r"|nintendo|steam|(?:the|a|this|that|his|her|video|board|computer|online|card|phone|party) games?|gaming"
    r"|films?|movies?|books?|novel|chapter|story|stories|series|episode|season \d|netflix|disney|anime|manga"
    r"|cartoon|comic|song|lyrics?|musical|theatre|panto\w*|school play|the play|drama club|drama class"
    r"|rehears\w*|audition|script|role ?-?play|actor|acting|pretend\w*|imaginary|make ?believe|villain"
    r"|zombies?|character|bosses|boss (?:fight|level)|level \d+|macbeth|romeo|juliet|hamlet|shakespeare"
    r"|harry potter|hunger games|squid game|lion king|mufasa|bambi|star wars|marvel|batman|pirates?|cowboys?"
    r"|dragons?|ninja\w*|knights?|tv|telly|youtube|dreams?|dreamt|nightmares?|halloween|costume|lego|playmobil"
    r"|barbie|doll|dolls|teddy|puppets?|toys?|podcast|documentary|soap|eastenders|corrie|stranger things"
    r"|history|ww[12i]+|tudors?|vikings?|romans?|nativity|poem|murder mystery|cluedo|mafia|werewolf|laser tag"
    r"|paintball|airsoft|nerf|water ?pistol|water gun|tag|hide and seek|d&d|dnd|dungeons?|chess|uno|sports day)\b"
)
HISTORY = re.compile(
    r"\b(?:years? ago|decades? ago|when i was (?:a |about |only )?(?:\d+|kid|child|little|small|teen\w*|young\w*"
    r"|girl|boy|at (?:uni|school|college))|used to|long ago|in my (?:teens|twenties|childhood|youth)|back in (?:19"
    r"|20)\d\d|as a (?:kid|child|teen\w*|boy|girl|baby|young)|growing up|in (?:19|20)\d\d|recovered|in remission"
    r"|my own (?:childhood|mum|mom|dad|father|mother|parents)|my childhood|back then|before we adopted|before they"
    r" came to us|before (?:he|she) came to us|in (?:his|her|their) first home|birth (?:family|mum|mom|mother"
    r"|parents?)|last year|you (?:already )?know (?:about|all)|as you know|since then|hasnt (?:done it )?since"
    r"|died (?:in|last|of|from|when|two|three|before)|anniversary|lost (?:my|his|her|our)|years clean)\b"
)
NEWS = re.compile(
    r"\b(?:in the news|on the news|the news|news|headline|newspaper|article|documentary|leaflet|worksheet|pamphlet"
    r"|assembly|training|course|workshop|webinar|parent evening|parents evening|pshe|lesson|lecture|homework"
    r"|essay|project|presentation|campaign|poster|fundrais\w*|charity|awareness|prevention|policy|hotline poster"
    r"|heard about|read about|reading about|read that|statistics|in general|just in case|for future|general question"
    r"|celebrity|on social media|someone famous|i work|for work|my job|my patients?|my clients?|volunteer\w*)\b"
)
PREVENTION = re.compile(
    r"\b(?:how (?:do|can|should|would|could) (?:i|we|you) (?:best |even )?(?:talk|explain|teach|prevent|answer"
    r"|prepare|discuss|protect|keep)|what (?:are|would be) the (?:\w+ )?signs|signs of|warning signs|how to (?:talk"
    r"|explain|teach|prevent|keep)|at what age|what age|any (?:books?|resources)|is it (?:ok|okay|alright) to"
    r"|should (?:i|we) (?:talk|worry|be worried)|ask(?:ed|ing)? (?:me )?what|what does|meaning of|the word)\b"
)
TOY = re.compile(
    r"\b(?:toy|plastic|foam|cardboard|rubber|wooden|nerf|water|butter|bread|cake|pretend|playdough|play doh|lego"
    r"|glue|squirt|bubble|cap|stick|pizza|cheese|dinner|palette|kitchen set|finger|banana|cutlery|fork)\b"
)
PET_OR_THING = re.compile(
    r"\b(?:cat|dog|kitten|puppy|hamster|rabbit|bunny|teddy|toy|tortoise|budgie|gerbil|fish|goldfish|chickens?|shoe"
    r"|phone|jumper|blanket|dummy|pacifier|sock|glove|hat|keys|remote|tooth|tablet|charger|bear|elephant)\b"
)


def guard_of(place: Place, wanted: str) -> str:
    """The name of the first of the `wanted` guards that speaks, or nothing."""
    return next((name for name in wanted.split() if _CHECKS[name](place)), "")


def _negated(place: Place) -> bool:
    return NEGATED.search(place.before[-60:]) is not None


def _negated_within(place: Place) -> bool:
    return (
        re.search(r"\b(?:never|not|didnt|doesnt|hasnt|wouldnt|wont|isnt)\b", place.words)
        is not None
    )


def _figurative(place: Place) -> bool:
    return bool(FIGURATIVE_AFTER.search(place.after) or FIGURATIVE.search(place.around))


def _fiction(place: Place) -> bool:
    return FICTION.search(place.around) is not None


def _history(place: Place) -> bool:
    return HISTORY.search(place.sentence) is not None


def _news(place: Place) -> bool:
    return NEWS.search(place.sentence) is not None


def _prevention(place: Place) -> bool:
    return PREVENTION.search(place.sentence) is not None


def _toy(place: Place) -> bool:
    return TOY.search(place.words + place.after[:25]) is not None


def _pet(place: Place) -> bool:
    return PET_OR_THING.search(place.before[-40:] + place.words + place.after[:30]) is not None


_CHECKS: Mapping[str, Callable[[Place], bool]] = {
    "negated": _negated,
    "inner": _negated_within,
    "figurative": _figurative,
    "fiction": _fiction,
    "history": _history,
    "news": _news,
    "prevention": _prevention,
    "toy": _toy,
    "pet": _pet,
}
