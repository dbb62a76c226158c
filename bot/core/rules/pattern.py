"""What a rule is: a named pattern over normalised words, and the guards that make it uncertain."""

import re
from dataclasses import dataclass
from functools import cache

from bot.core.triage import Category

_PARTS = {
    "ADULT": r"(?:(?:step ?|grand|god|foster ?)?(?:dad|daddy|father|mum|mom|mother|ma|pa|parent)s?"
    r"|husband|wife|hubby|partner|ex|boyfriend|girlfriend|bf|fiance|uncle|aunt\w*|gran|granny|nan"
    r"|nana|grandad|grandpa|granda|papa|babysitter|child ?minder|nanny|coach|teacher|tutor|pastor"
    r"|priest|imam|neighbou?r|carer|caregiver|man|guy|bloke|landlord|in ?laws?|maid|helper|daycare)",
    "KID": r"(?:(?:step|grand)?(?:son|daughter|child|kid)s?|boys?|girls?|baby|babies|toddler|infant"
    r"|teen(?:ager)?|twins?|newborn|eldest|youngest|oldest|little one|wee one|nephew|niece|children"
    r"|grandchild(?:ren)?|grandkids?|lad|(?:\d+ ?(?:yo|y/o|yr old|year old|month old|week old)))",
    "HIM": r"(?:him|her|them|it|(?:my|our|the|his|her) (?:\w+ ){0,3}?KID|me|us)",
    "SELF": r"(?:himself|herself|themsel(?:f|ves)|themself|myself|hisself)",
    "OWN": r"(?:his|her|their|my)(?: own)?",
    "WANT": r"(?:want(?:s|ed|ing)? to|going to|trying to|tr(?:y|ies|ied) to|plan(?:s|ned|ning)? (?:to|on)"
    r"|threat(?:s|en|ens|ened|ening) (?:to|of)|talk(?:s|ed|ing)? (?:about|of)|think(?:s|ing)? (?:about|of)"
    r"|thought (?:about|of)|thoughts (?:about|of)|about to|ready to|wish(?:es|ed)? (?:to|i could)"
    r"|urges? to|ways? to|how to|how (?:he|she) (?:would|could|will|can)|decided to|need(?:s)? to"
    r"|(?:he|she|i)(?: would| will|ll|d)(?: just)?|might|feel(?:s|ing)? like|attempt(?:s|ed|ing)? to)",
    "PILLS": r"(?:pills?|tablets?|tabs|paracetamols?|aspirins?|ibuprofens?|advils?|meds|medication|capsules?"
    r"|antidepressants?|sleeping pills?|painkillers?|insulin|xanax|codeine|antihistamines?|melatonin"
    r"|sertraline|ativan|valium|lorazepam|diazepam|zopiclone|prozac|tramadol|oxycodone|morphine|benzos|ritalin|dose|metformin|gummies)",
    "MANY": r"(?:(?:the |a |his |her |my )?(?:whole|entire|full|half a|half the|handfuls?|bottle|packet|box|pack"
    r"|strip|bunch|load|lot)(?: of)?|all (?:of )?(?:the|his|her|my|their)|too many|loads of|lots of"
    r"|an overdose|overdose|(?:[5-9]|[1-9]\d)|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen"
    r"|sixteen|eighteen|twenty|thirty|forty|fifty)",
    "LIMB": r"(?:arms?|wrists?|legs?|thighs?|forearms?|stomach|tummy|hips?|skin|ankles?)",
    "BLADE": r"(?:knife|knives|gun|machete|axe|blade|rifle|pistol|shotgun|panga|cutlass|hatchet|cleaver"
    r"|sword|revolver|firearm|dagger|razor|itak|hammer|crowbar)",
    "FEW": r"(?: [\w,]+){0,4}?",
    "GAP": r"[^.?!\n]{0,40}?",
}


def expand(pattern: str) -> str:
    """`pattern` with its capitalised parts written out."""
    for _ in range(3):
        pattern = re.sub(r"[A-Z]{3,}", lambda found: _PARTS.get(found[0], found[0]), pattern)
    return pattern


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern; `sure` says whether words that match are urgent unless a guard speaks."""

    name: str
    category: Category
    pattern: str
    sure: bool = True
    guards: str = "negated figurative fiction history news toy"

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern over normalised text."""
        return _compile(self.pattern)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{expand(pattern)})(?!\w)")
