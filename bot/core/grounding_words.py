"""Words that a worded answer may only hold where its passages hold them too."""

import re


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {
    word: str(value)
    for value, word in enumerate(_COUNTED.split())
    if value != 1  # 'one' is mostly no number: 'one of you', 'the hard one'
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90"}
NUMBERS |= {"hundred": "100", "thousand": "1000", "half": "1/2", "dozen": "12", "twice": "2 times"}
NUMBERS |= {"thrice": "3 times", "quarter": "1/4", "double": "double", "couple": "couple"}
NUMBERS |= {"third": "3rd", "fourth": "4th", "fifth": "5th", "fortnight": "fortnight"}

UNITS = words(
    "second minute hour day night evening morning afternoon week weekend month year term "
    "session monday tuesday wednesday thursday friday saturday sunday hourly daily "
    "nightly weekly monthly yearly mg ml gram drop pound euro dollar percent degree "
    "birthday bedtime breakfast lunch dinner overnight tomorrow tonight today yesterday"
)

# Each class stands or falls as one: a sentence may use a word of it where its passages use one.
STRONGER: dict[str, frozenset[str]] = {
    "always": frozenset({"always", "constantly", "forever", "continually"}),
    "never": frozenset({"never"}),
    "must": frozenset({"must", "should", "shouldn't", "ought", "has", "have", "had", "obliged"}),
    "all": frozenset({"all", "everybody", "everyone", "everything", "everywhere"}),
    "nobody": frozenset({"nobody", "none", "nothing", "nowhere", "no"}),
    "sure": frozenset({"sure", "certain", "certainly", "definitely", "surely", "proves", "proven"}),
    "only": frozenset({"only", "solely", "merely"}),
    "best": frozenset({"best", "perfect", "perfectly", "ideal", "ideally", "worst", "kinder"}),
    "cannot": frozenset({"cannot", "can't", "unable", "impossible"}),
    "quick": frozenset({"soon", "quickly", "immediately", "instantly", "overnight"}),
}
_NEEDS_MUST = re.compile(
    r"\b(must|should(?:n't)?|ought|obliged|(?:has|have|had) to)\b", re.IGNORECASE
)

MEDICINES = re.compile(
    r"\b(melatonin|paracetamol|ibuprofen|calpol|nurofen|aspirin|tylenol|piriton|phenergan|benadryl|"
    r"antihistamines?|ritalin|concerta|adderall|methylphenidate|atomoxetine|prozac|fluoxetine|"
    r"sertraline|citalopram|ssris?|diazepam|valium|xanax|zopiclone|anti-?depressants?|sedatives?|"
    r"tranquilli[sz]ers?|sleeping (?:pill|tablet|aid)s?|pills?|medicines?|medications?|medicat\w+|"
    r"prescri\w+|dos(?:e|es|age|ing)|milligrams?|mg|ml|millilit\w+|capsules?|supplements?|vitamins?|"
    r"magnesium|omega|fish[- ]oil|valerian|chamomile|lavender|cbd|cannabis|thc|herbal|remed(?:y|ies)|"
    r"homeopath\w+|gummies|syrup|drops|wine|beer|vodka|whisky|alcohol|drugs?|injections?)\b",
    re.IGNORECASE,
)
DIAGNOSES = re.compile(
    r"\b(adhd|add|autis\w*|asperger\w*|asd|depress\w+|anxiety|bipolar|ocd|ptsd|psychos\w+|psychotic|"
    r"schizo\w+|anorexi\w+|bulimi\w+|dyslexi\w*|dyspraxi\w*|phobi\w+|disorder(?:s|ed)?|syndromes?|"
    r"dissociat\w+|trauma\w*|disorgani[sz]ed|avoidant|ambivalent|narcissis\w+|borderline|burnout|"
    r"neurodiver\w+|odd|pda|rad|diagnos\w+|symptoms?|pathologic\w*|self-esteem|patholog\w+|mental(?:ly)?"
    r" ill\w*|(?:is|are|be|as) an? (?:early |clear |sure )?signs? of|oppositional|hormon\w+|"
    r"dopamine|cortisol|retard\w*)\b",
    re.IGNORECASE,
)
PROMISES = re.compile(
    r"\b(guarantee\w*|promis\w+|cures?|cured|heal(?:s|ed)?|no time|for good|from then on|never again|"
    r"works? every time|gone by|in the end|in time|over time|disappears?|vanish\w*|ends? up|"
    r"success\w*|without fail|stops? (?:it|them) from|makes? (?:a|your|the) (?:child|teen)\w* \w+)\b",
    re.IGNORECASE,
)
REASSURANCES = re.compile(
    r"\b(harmless|normal(?:ly)?|natural(?:ly)?|nothing to (?:worry|fear)|no (?:need|reason) to|"
    r"(?:do not|don't) (?:need to|have to) (?:worry|tell|call|ring|see|contact|ask)|"
    r"(?:do not|don't|needn't|need not) worry|(?:needn't|need not) (?:tell|call|ring|see|contact)|"
    r"(?:quite|perfectly|completely|totally|all) (?:safe|fine|all right|alright|well|okay)|a phase|"
    r"safe to|(?:is|are) safe|is fine|no harm|not (?:serious|dangerous|harmful|urgent)|"
    r"grow out of|seldom meant|(?:only|just) (?:nerves|tired|attention|anger|a phase)|"
    r"no (?:danger|risk)|out of danger|is well|are well)\b",
    re.IGNORECASE,
)
AWAY_FROM_HELP = re.compile(
    r"(\b(?:without|instead of|stop|skip|quit|drop|leave|cancel|need no|not need|don't need|"
    r"no longer need|no need (?:of|for)|better than|replace\w*|keep it from|hide it from|"
    r"(?:do not|don't|never) (?:tell|ask|call|go to|bother))\b[^.;]{0,40}"
    r"\b(?:therap\w+|session\w*|doctor\w*|clinic\w*|police|ambulance|hospital|social worker|999|911))",
    re.IGNORECASE,
)
BLAME = re.compile(
    r"\b(your (?:own )?fault|blame|you (?:caused|failed|let (?:them|him|her|your)|made (?:them|him|her|"
    r"your))|bad (?:parent|mother|father|mum|dad)\w*|good (?:parent|mother|father)\w*|you are too|"
    r"you're too|too soft|too strict|spoil\w*|spoilt|lazy|manipulat\w+|naughty|neglect\w*|attention[- ]"
    r"seek\w*|weak parent\w*|because you|since you were)\b",
    re.IGNORECASE,
)
ABOUT_ITSELF = re.compile(
    r"\b(as an? (?:ai|assistant|language model|bot)|i am (?:an?|the) (?:ai|assistant|bot|model)|"
    r"i'm (?:an?|the) (?:ai|assistant|bot|model)|language model|system (?:prompt|message)|prompts?|"
    r"my (?:instructions?|rules?|guidelines)|instructions?|passages?|ignore (?:all|any|the|previous|"
    r"your|that|what)|override|developer mode|jailbreak\w*|api|json|token|database|other famil\w+|"
    r"another famil\w+|i (?:cannot|can't|can|will|would|am|was|have|must|could|think|believe|know|"
    r"understand|suggest|recommend|advise|feel|hear|hope)|i'(?:m|ve|ll|d)|my (?:advice|view|opinion)|"
    r"we (?:recommend|advise|suggest)|openai|chatgpt|gemini|claude|llama|gemma)\b",
    re.IGNORECASE,
)
LINKS = re.compile(
    r"(https?:|www\.|\b[\w-]+\.(?:com|org|net|co|io|uk|de|info|app|me|gov|edu|example|ly|ru|xyz)\b|"
    r"\S+@\S+|@\w+|\bt\.me\b|\bbit\b\.|\+?\d[\d ()-]{5,}\d|#\w+)",
    re.IGNORECASE,
)
MARKUP = re.compile(r"[<>{}\[\]|\\`*_~^=$%&@#]|\(\s*http|--|\.\.\.|…|:\)|&\w+;|\n")


def needs_must(text: str) -> bool:
    """Whether a text says that something has to be done."""
    return _NEEDS_MUST.search(text) is not None
