"""Words that speak of a child or a parent being hurt, or of a parent who loses control."""

from bot.core.rules.pattern import Rule
from bot.core.triage import Category

_A = Category.ABUSE_OR_NEGLECT_OF_CHILD
_P = Category.PARENT_LOSING_CONTROL
_D = Category.DOMESTIC_VIOLENCE
_PRIVATE = (
    r"(?:private(?:s| parts?| areas?)?|penis|vagina|willy|winkie|bum|bottom|genitals?|down there|fanny|foof"
    r"|boobs?|breasts?|pee ?pee|bits|crotch|groin|minnie|wee wee|front bottom|thing)"
)
_HIT = (
    r"(?:hit(?:s|ting)?|beat(?:s|en|ing)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|slap(?:s|ped|ping)?|whip(?:s|ped|ping)?"
    r"|chok(?:es|ed|ing)|shook|shakes|shaking|strangl(?:es|ed|ing)|thrash(?:es|ed)|belt(?:s|ed)|smack(?:s|ed|ing)?"
    r"|spank(?:s|ed|ing)?|burn(?:s|ed|t|ing)|can(?:es|ed)|flog(?:s|ged)|batter(?:s|ed|ing)?|hurt(?:s|ing)?|molest\w*"
    r"|rap(?:es|ed|ing)|abus(?:es|ed|ing)|drag(?:s|ged)|slammed|threw|bit|starv(?:es|ed|ing)|assault\w*)"
)
_WORDY = "negated figurative fiction history news prevention"

RULES = (
    Rule(
        "sexual_abuse",
        _A,
        r"(?:rap(?:ed|ing|es)|molest(?:ed|ing|s|er|ation)|sexual(?:ly)? (?:abus\w+|assault\w*"
        r"|touch\w*|interfer\w*|harass\w*)|been interfered with|touch\w*(?: \w+){0,3} inappropriately"
        r"|inappropriate(?:ly)? touch\w*|incest|fondl(?:ed|ing|es))",
        guards=_WORDY,
    ),
    Rule(
        "touched_by",
        _A,
        r"(?:ADULT|cousin|brother|boy|man|friend|someone|somebody|he|lady|driver|swami|master|boss"
        r"|scout|counsellor|boarder|lodger)(?: \w+){0,4} (?:touch(?:ed|es|ing)?|rub(?:bed|s|bing)?|lick(?:ed|s|ing)?"
        r"|kiss(?:ed|es)?|put (?:his|her) \w+(?: \w+)? (?:in|on|up|inside)|play(?:s|ed|ing)? with|look(?:s|ed|ing)? at"
        r"|sees|photograph\w*|films?)(?: (?:him|her|my \w+))?(?: on| in| at)? (?:his|her|their|my|the) (?:\w+ )?"
        + _PRIVATE,
        guards="negated inner fiction prevention news",
    ),
    Rule(
        "touch_private",
        _A,
        r"(?:touch(?:ed|es|ing)?|rub(?:bed|s)?|lick\w*|kiss\w*|put (?:his|her|a) \w+ (?:in|on))"
        r"(?: \w+){0,3} " + _PRIVATE,
        sure=False,
        guards="negated fiction prevention news",
    ),
    Rule(
        "adult_hits_child",
        _A,
        r"(?:ADULT)(?: \w+){0,3} " + _HIT + r" (?:HIM|KID)(?! (?:with (?:kindness|kisses)|out"
        r" of|off|at|back|up (?:from|at)|into|over|a|to|for))",
        guards="negated inner figurative fiction history news",
    ),
    Rule(
        "hit_with",
        _A,
        r"(?:hit|hits|beats?|beaten|beating|whipp?(?:ed|s|ing)|thrash\w*|can(?:ed|es|ing)|lash\w*"
        r"|hitting|spank\w*|smack\w*|flog\w*|belted|struck|punish\w*)(?: \w+){0,4} with (?:a|the|his|her|my|an|that)"
        r" (?:\w+ )?(?:belt|stick|cane|slipper|wire|cable|hanger|spoon|shoe|cord|hose|paddle|ruler|pipe|rod|buckle"
        r"|broom|sandal|chappal|extension|charger|pestle|pan|slippers|switch|rope|plank)",
        guards="negated figurative fiction history news",
    ),
    Rule(
        "marks",
        _A,
        r"(?:hand ?prints?|finger ?marks?|finger ?prints? (?:on|round|around)|cigarette (?:burns?|marks?)"
        r"|welts?|belt marks?|bite marks?|rope marks?|marks of (?:a|the) (?:belt|cane|hand)|(?:shape|mark) of"
        r" (?:a|fingers|an? \w+)|black eyes?|bruis(?:es|ed|ing)(?: \w+){0,5} (?:back|thighs?|neck|ribs|ears?|arms?"
        r"|bottom|face|buttocks?|body|chest|stomach))",
        sure=False,
        guards="negated fiction history news",
    ),
    Rule(
        "says_hurt_by",
        _A,
        r"(?:says?|said|told|tells|telling|claims|disclosed|whispered|crying)(?: \w+){0,6}"
        r" (?:ADULT|he|she|they)(?: \w+){0,2} (?:hurts?|hits?|beats?|touche[sd]|touches|punche[sd]|kicks|kicked|locks"
        r"|locked|pinches|burns|burnt|burned|does things to|did things to|makes) (?:him|her|them|me)",
        sure=False,
        guards="negated fiction history news",
    ),
    Rule(
        "secret_touch",
        _A,
        r"(?:our|their|special|a|the|tickle|touching|naked|secret) (?:little )?(?:secret|game)"
        r"GAP(?:uncle|grandad|grandpa|dad|man|coach|teacher|tell mum|tell mom|tell anyone|touch|pants|knickers|bath"
        r"|underwear|clothes)",
        sure=False,
        guards="negated prevention",
    ),
    Rule(
        "left_alone",
        _A,
        r"(?:left|leaves|leaving|leave)(?: \w+){0,4} (?:home )?(?:alone|by (?:himself|herself"
        r"|themselves|myself)|on (?:his|her|their) own|unattended|unsupervised)(?: \w+){0,5} (?:overnight|all night"
        r"|for (?:two|three|\d+|a few|a couple of) (?:days|nights)|all weekend|all day|till midnight|in the (?:car"
        r"|bath|house|flat)|(?:with|near) (?:the )?\w+ (?:on|oven|stove|pool))",
        guards="negated fiction history news pet",
    ),
    Rule(
        "locked_in",
        _A,
        r"lock(?:s|ed|ing)? (?:HIM|KID)(?: \w+){0,2} (?:in (?:the|a|his|her|their)(?: \w+)? (?:room"
        r"|bedroom|closet|cupboard|shed|basement|bathroom|cellar|garage|boot|trunk|cage|wardrobe|store\w*|toilet)"
        r"|outside (?:in|all|at|for|without|naked)|out (?:in the|all night|at night|naked))",
        sure=False,
        guards="negated fiction history news pet",
    ),
    Rule(
        "no_food",
        _A,
        r"(?:(?:not|never|doesnt|dont|didnt|isnt|arent|hasnt|havent|refus\w+ to|without)(?: \w+){0,2}"
        r" (?:fed|feed|feeds|feeding)(?: \w+){0,3} (?:days?|them|him|her|kids|children|baby)|starv(?:es|ed|ing) (?:him"
        r"|her|them|the|my)|no food (?:in the house|for|at home|since)|eat(?:s|ing)? (?:out of|from) the (?:bin"
        r"|trash|rubbish|garbage))",
        sure=False,
        guards="fiction history news pet",
    ),
    Rule(
        "i_hurt_child",
        _P,
        r"i(?: \w+){0,3} (?:shook (?:HIM|KID)(?! (?:awake|off|gently|hands?|up))|chok(?:ed|ing)"
        r" (?:HIM|KID)|strangled (?:HIM|KID)|punch(?:ed|ing) (?:HIM|KID)|smother(?:ed|ing) (?:HIM|KID)(?! (?:in|with))"
        r"|whipped (?:him|her|them|KID|my \w+)(?! (?:up|into|through|out))|beat (?:him|her|them|my (?:\w+ )?KID)(?! (?:at"
        r"|in|by|to|again at|on|every|fair|twice|hands))|slammed (?:him|her|them|KID)|threw (?:him|her|KID) (?:on|onto"
        r"|against|at|across|down|into|to the)|(?:kicked|burned|burnt|bit) (?:him|her|them|my (?:\w+ )?KID)(?! out)"
        r"|dragged (?:him|her|them) by|held (?:him|her) (?:down|under|by the (?:neck|throat))|(?:grabbed|had|held|took"
        r"|got) (?:him|her|them) (?:by|round) the (?:throat|neck|hair)|put (?:a|the|my) (?:pillow|hands?) (?:over|on|round"
        r"|around) (?:his|her) (?:\w+ )?(?:face|mouth|neck|throat|nose))",
        guards="negated figurative fiction",
    ),
    Rule(
        "i_hit_child",
        _P,
        r"i(?: \w+){0,3} (?:hit|slapped|smacked|spanked|whacked|struck|hurt|backhanded|belted"
        r"|pinned|shoved|pushed|clouted|walloped|locked)(?: my| our| the)?(?: \w+){0,2} (?:him|her|them|KID)"
        r"(?! (?:up|a|feelings|with (?:a pillow|the news|a snowball|a balloon)))",
        sure=False,
        guards="negated figurative fiction history",
    ),
    Rule(
        "i_hit_hard",
        _P,
        r"i(?: \w+){0,3} (?:hit|slapped|smacked|spanked|whacked|struck|belted|pushed|shoved)"
        r" (?:HIM|KID)(?: \w+){0,4} (?:hard|harder|face|cheek|head|across|until|mark|marks|bruis\w*|bled|bleeding"
        r"|blood|belt|stairs|wall|nose|ears?|fist|back of|jaw|mouth|again and again|repeatedly|spoon|cried)",
        guards="negated figurative fiction",
    ),
    Rule(
        "fears_hurting",
        _P,
        r"(?:going to|might|scared (?:i will|ill|im going to|that i|i am going to|i might)"
        r"|afraid (?:i will|ill|im|that i|of)|about to|terrified (?:i|ill|im|of)|worried (?:i|ill|im|that i)|thoughts (?:of"
        r"|about)|urges? to|images of|dont trust myself not to|close to|fear i|like i could|feel like|want to)"
        r"(?: \w+){0,3} (?:hurt(?:ing)?|hit(?:ting)?|shak(?:e|ing)|kill(?:ing)?|harm(?:ing)?|smother(?:ing)?|throw(?:ing)?"
        r"|drown(?:ing)?|strangl(?:e|ing)|chok(?:e|ing)|punch(?:ing)?|stab(?:bing)?|dropp?(?:ing)?) (?:the baby|my (?:baby"
        r"|son|daughter|kids?|child\w*|own|newborn|toddler|girl|boy|little)|him|her|them)(?! (?:feelings|off|back|up))",
        sure=False,
        guards="negated figurative fiction history",
    ),
    Rule(
        "i_might_hurt",
        _P,
        r"(?:i (?:might|am going to|will|could)|im (?:going to|afraid i(?:ll| will| might)|scared"
        r" i(?:ll| will| might|m going to)|terrified i(?:ll| will| might|m going to)|worried i(?:ll| will| might|m going to))"
        r"|scared of|afraid of|thoughts of|afraid i(?:ll| will| might| could)|scared i(?:ll| will| might| could))"
        r"(?: really| actually| seriously)? (?:hurt(?:ing)?|shak(?:e|ing)|harm(?:ing)?|smother(?:ing)?|drown(?:ing)?"
        r"|hit(?:ting)?) (?:the baby|my (?:\w+ )?KID|him|her|them|my children)(?! (?:feelings|off|back|up))",
        guards="negated fiction history",
    ),
    Rule(
        "cant_go_back",
        _P,
        r"(?:cant|cannot|dont trust myself (?:to|with|alone with|near)|im scared to|afraid to|not safe"
        r" to)(?: \w+){0,3} (?:go back (?:in|into)|be alone with|around|pick|trust myself (?:with|around|near|alone))"
        r"(?: \w+){0,2}(?: (?:him|her|them|room|baby|kids|children))?",
        sure=False,
        guards="figurative",
    ),
    Rule(
        "partner_hurts_me",
        _D,
        r"(?:husband|wife|hubby|partner|ex|boyfriend|girlfriend|bf|fiance|stepdad|dad|father|mum"
        r"|mother|in ?laws?|kids dad|her dad|his dad|oga)(?: \w+){0,4} (?:hit|hits|hitting|punch\w*|beat|beats|beating"
        r"|chok\w*|strangl\w*|kick\w*|slap\w*|shov\w*|pushe[sd]|pushed|rap(?:ed|es)|threaten\w*|dragg\w*|bit|burn\w*|hurts"
        r"|hurt|stabbed|attack\w*|threw) (?:me|us)(?! (?:at|a|for|to|with (?:a pillow|questions)|off|out|up at|in the ribs"
        r" from))",
        guards="negated inner figurative fiction history",
    ),
    Rule(
        "hurts_me",
        _D,
        r"(?:strangled|strangles|choked|chokes|choking|beats|raped|rapes|battered|punched|punches"
        r"|headbutted) (?:me|us)(?! (?:at|to|by|every time|in (?:chess|uno)|up about))",
        sure=False,
        guards="negated figurative fiction history",
    ),
    Rule(
        "hands_on_throat",
        _D,
        r"(?:hands?|arm|forearm|fingers)(?: \w+){0,2} (?:round|around|on|to|at|against) my"
        r" (?:throat|neck)|by (?:the|my) throat|couldnt breathe (?:and|when|because) he",
        guards="negated figurative fiction history",
    ),
    Rule(
        "threat_to_me",
        _D,
        r"(?:he|she|husband|partner|ex|boyfriend|dad|stepdad)(?: \w+){0,3} (?:will|ll|going to|gonna"
        r"|hell|said|says|threaten\w*)(?: \w+){0,3} (?:kill|murder|shoot|bury|stab|burn|slit|destroy) (?:me|us|himself and"
        r"|the kids|the children|all of us|my)",
        sure=False,
        guards="negated figurative fiction history",
    ),
    Rule(
        "afraid_of_partner",
        _D,
        r"(?:scared|afraid|terrified|frightened|fear) (?:of|to go home|for my life|what) (?:my )?"
        r"(?:(?:ex|husband|partner|boyfriend|wife|dad|stepdad|father|mum|mother)|(?:he|she) (?:will|might|would|may|could)"
        r"(?: do| kill| hurt)|(?:for )?my life)|abusive (?:husband|partner|relationship|boyfriend|ex|dad|father|mother"
        r"|mum|mom|stepdad|parents?|home|marriage)|domestic (?:violence|abuse)|restraining order|women'?s refuge",
        sure=False,
        guards="negated fiction history news prevention",
    ),
    Rule(
        "controlled",
        _D,
        r"(?:wont|doesnt|never|not) (?:let|allow(?:ed)?)(?: \w+){0,3} (?:leave|out of the house|money"
        r"|see (?:my|anyone)|talk to anyone|have (?:a|my) (?:phone|key|bank)|go out|work)|(?:track(?:s|ing|er)|checks"
        r"|locks|took|takes|broke|smashed) (?:on )?my (?:phone|passport|car|keys|cards?|bank)",
        sure=False,
    ),
)
