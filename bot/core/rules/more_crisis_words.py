"""Plain crisis wording in further languages: without accents, lower case, apostrophes taken out.

Each row is a category and a pattern. These are the words people use outright; hints are left to
the model, where it covers the language, and to the therapist, where it does not.
"""

from typing import Final

from bot.core.triage import Category

_C = Category.CHILD_SUICIDE_SELF_HARM
_A = Category.ABUSE_OR_NEGLECT_OF_CHILD
_D = Category.DOMESTIC_VIOLENCE
_M = Category.MEDICAL_EMERGENCY
_G = Category.MISSING_OR_RUNAWAY
_Y = Category.PSYCHOSIS_OR_MANIA
_O = Category.ONLINE_EXPLOITATION

OTHERS: Final[dict[str, tuple[tuple[Category, str], ...]]] = {
    "it": (
        (
            _C,
            r"suicid(?:io|arsi|armi|a)\b|(?:vuole|voglio|voleva|vorrebbe|vorrei) (?:morire|ammazzarsi|uccidersi|uccidermi|ammazzarmi|farla finita)|non (?:vuole|voglio)"
            r" (?:piu )?vivere|si taglia|autolesion\w+|togliersi la vita|togliermi la vita",
        ),
        (_A, r"(?:violentat[oa]|stuprat[oa]|molestat[oa]|abus[oi] sessual[ei])"),
        (_D, r"mi (?:picchia|ha picchiat[oa]|mena|strangola|minaccia di morte)"),
        (_M, r"non respira|convulsioni|priv[oa] di sensi|non si sveglia"),
    ),
    "nl": (
        (
            _C,
            r"zelfmoord\w*|suicidaal|suicidale|wil (?:\w+ )?(?:dood|sterven|niet meer leven)\b|zelfbeschadig\w*|snijdt zich\w*|einde aan (?:mijn|zijn|haar) leven",
        ),
        (_A, r"verkracht|misbruikt|aangerand"),
        (_D, r"(?:slaat|sloeg|wurgt|bedreigt) (?:mij|me)\b"),
        (_M, r"ademt niet|bewusteloos|stuipen|wordt niet wakker"),
    ),
    "pl": (
        (
            _C,
            r"samoboj\w*|(?:chce|chcial\w*|wole|woli) (?:\w+ )?(?:umrzec|sie zabic|nie zyc|zniknac)|zabic sie|zabije sie|nie chce (?:juz )?zyc|tnie sie\b"
            r"|ciela sie|okalecz\w*|samookalecz\w*|powiesi\w* sie|polkn(?:al|ela) (?:cale|wszystkie|opakowanie).{0,20}(?:tablet|lek)\w*",
        ),
        (
            _A,
            r"zgwalc\w*|molestow\w*|wykorzyst\w+ seksualn\w+|(?:bije|bil|zbil) (?:go|ja|dzieck\w*|syna|corke) (?:pasem|kablem|kijem)",
        ),
        (
            _D,
            r"(?:maz|on|partner|byly) mnie (?:bije|pobil|dusi\w*|uderzyl|kopie)|(?:bije|pobil|dusil) mnie|grozi,? ze (?:mnie|nas) zabije",
        ),
        (
            _M,
            r"nie oddycha|drgawki|nieprzytomn\w+|nie (?:moge|mozna|moze) (?:go|jej|sie) (?:obudzic|dobudzic)|sine usta",
        ),
        (_Y, r"slyszy glosy"),
        (_O, r"nagie zdjeci\w+|szantaz\w*"),
    ),
    "tr": (
        (
            _C,
            r"intihar\w*|(?:olmek|kendimi oldur\w*|kendini oldur\w*|yasamak istemiyo\w*) ?(?:isti\w+)?|kendini (?:kesiy\w*|kesmis|asmis|asti|jilet\w*)"
            r"|kendine zarar|canima kiy\w*|canina kiy\w*|bilegini kes\w*",
        ),
        (_A, r"tecavuz\w*|taciz\w*|istismar\w*"),
        (
            _D,
            r"(?:beni|bizi) (?:dovuyor|dovdu|oldurecek|boguyor|bogazladi|tehdit ed\w*)|bogazimi sikti",
        ),
        (
            _M,
            r"nefes al(?:miyor|amiyor|mio|amio)\w*|nobet geciriyor|bayildi|uyanmiyo\w*|havale gecir\w*|dudaklari morar\w*",
        ),
        (_Y, r"sesler duyuyo\w*"),
        (_O, r"ciplak (?:foto\w*|resim\w*|video\w*)|santaj\w*"),
    ),
    "hi-Latn": (
        (
            _C,
            r"khudkushi|khudkhushi|aatmhatya|atmahatya|(?:marna|mar jana) (?:chaht\w+|hai mujhe)|mar jaunga|mar jaungi|mar jau\b|(?:khud|apne aap|khudko"
            r"|apni) (?:ko )?(?:maar|khatam|kaat|jaan de|jaan le)\w*|jaan (?:de|dene|de dunga|de dungi|lene)\b|jeena nahi (?:chaht\w+|hai)|jeene ka (?:mann?|dil) nah"
            r"\w*|zeher kha\w*|zehar kha\w*|nas kaat\w*|kalai kaat\w*|haath kaat\w* (?:liya|li|raha|rahi)|phaansi|fansi laga\w*|latak gay\w*|phanda",
        ),
        (
            _A,
            r"balatkar|rape (?:kiya|hua|kar)|galat (?:jagah|tarike se|tareeke se) (?:se )?(?:chhu|chu|haath|hath)\w*|chhed(?:chhad|khani)\w*|bachhe ko (?:bahut )?(?:maara|peeta|mara)",
        ),
        (
            _D,
            r"(?:mujhe|mujhko) (?:bahut )?(?:maarta|marta|peetta|pitta|maara|mara|peeta|pita) (?:hai|h|he|tha)\b|gala daba\w*|jaan se maar\w*|tezaab|belan se maar",
        ),
        (
            _M,
            r"saans nah\w*|saans nhi|behosh|hosh (?:nahi|me nahi|mein nahi)|daura pada|mirgi|muh se jhaag|neela pad\w*|zeher pi\w*|phenyl\w* .{0,20}pi\w*",
        ),
        (
            _G,
            r"(?:ghar se )?bhaag gay\w*|lapata|(?:mil nahi raha|mil nahi rahi|ghar nahi aay\w*|ghar nhi aay\w*)",
        ),
        (_Y, r"awa+ze?i?n? (?:sunt|sunai|aati|aa rahi)\w*"),
        (_O, r"nangi (?:photo|tasveer|video|pic)\w*|blackmail kar\w*"),
    ),
    "ar-Latn": (
        (
            _C,
            r"(?:3ayz\w*|3awz\w*|bed\w{1,4}|bidd\w{1,3}|badd\w{1,3}) (?:[aytn]?moo?t|[aytn]mout)\w*|[aytn]?nta?7[ei]?r\w*|inti7ar",
        ),
    ),
    "tl": (
        (
            _C,
            r"magpakamatay|nagpakamatay|magpapakamatay|(?:gusto|ayaw) (?:ko|nya|niya|na|ko na|nya na|niyang|nyang|na nyang|ko nang|na niyang)"
            r" (?:ng |na |po )?(?:mamatay|mabuhay)|gusto (?:ko|nya|niya)? ?(?:na|nang) (?:\w+ )?mamatay|mawala na lang|naglaslas|laslas|maglaslas"
            r"|sinasaktan (?:ang )?(?:nya|niya) (?:ang )?sarili|nagbigti|magbigti",
        ),
        (
            _A,
            r"ginahasa|nirape|minolestiya|hinipuan|hinihipuan|hinalay|sinasaktan (?:ng|ang) (?:ama|tatay|tito|lolo|bata)",
        ),
        (
            _D,
            r"(?:binubugbog|sinasaktan|sinasakal|sinuntok|sinakal|papatayin) (?:ako|kami|nya ako|niya ako|nya kami)",
        ),
        (
            _M,
            r"hindi (?:na )?(?:po )?humihinga|di (?:na )?humihinga|ayaw magising|kinukumbulsyon|walang malay|nakainom ng|nainom (?:po )?(?:ng|ang)|nahimatay",
        ),
        (_G, r"naglayas|nawawala (?:po )?(?:ang|si|sya|siya|yung)|hindi (?:pa )?(?:po )?umuuwi"),
        (_Y, r"may (?:naririnig|boses)"),
    ),
    "pcm": (
        (
            _C,
            r"(?:wan|dey) (?:kpai|kill|die) (?:im|him|her|my|ya|e)? ?(?:self|sef|body)|wan (?:die|kpai)|no wan (?:live|dey this life|dey alive)"
            r"|drink (?:sniper|otapiapia|gamalin|izal|dettol)|chop sniper|tire for (?:this )?life",
        ),
        (
            _A,
            r"(?:e|im|him|uncle|oga) (?:don )?(?:rape|defile|spoil) (?:am|her|my pikin|him)|flog (?:am|him|her) (?:tire|sotey|till|wella)|dey touch (?:am|her|my pikin)"
            r" (?:for|anyhow)",
        ),
        (_D, r"(?:dey|don|e) beat me|wan kill me|e don break my (?:head|hand|teeth)"),
        (
            _M,
            r"(?:no|nor|dey no) (?:dey )?breathe|don (?:faint|collapse)|body dey (?:jerk|stiff)|foam dey|convulsion",
        ),
        (
            _G,
            r"never (?:come|reach) (?:house|home) since|we (?:no|dey) (?:see|find) (?:am|my pikin)",
        ),
    ),
    "sw": (
        (_C, r"ku?jiua|nataka kufa|anataka kufa|kujinyonga|amejinyonga|kunywa sumu|amekunywa sumu"),
        (_A, r"amebakwa|kunajisiwa|amenajisiwa|alimbaka"),
        (_M, r"hapumui|amezimia|degedege"),
    ),
    "af": (
        (
            _C,
            r"selfmoord\w*|wil (?:nie meer lewe|doodgaan|homself doodmaak|haarself doodmaak)|sny (?:homself|haarself)",
        ),
    ),
    "ru": (
        (
            _C,
            r"суицид\w*|самоуби\w*|(?:хочет|хочу|хотел[а]?) (?:умереть|покончить|сдохнуть)|не хоч(?:ет|у) (?:больше )?жить|убить себя|убью себя|режет себя|порезал[а]? (?:себе )?вены",
        ),
        (_A, r"изнасилов\w*|домога\w+|растл\w+"),
        (
            _D,
            r"(?:бьет|избил|душил|душит|избивает) (?:меня|нас)|(?:меня|нас) (?:бьет|избил|душит|избивает)",
        ),
        (_M, r"не дышит|судорог\w*|без сознания|не просыпается|передозиров\w*"),
        (_Y, r"слышит голоса"),
    ),
    "uk": (
        (
            _C,
            r"суіцид\w*|самогуб\w*|(?:хоче|хочу) (?:померти|вмерти)|не хоч(?:е|у) (?:більше )?жити|вбити себе|ріже себе",
        ),
        (_M, r"не дихає|судоми|непритомн\w+"),
    ),
    "ar": (
        (
            _C,
            r"(?:ال|لل|بال)?انتحار\w*|انتحر\w*|(?:بدي|بدها|بدو|عايز|عايزة|عاوز|اريد|يريد|تريد|ابغى|يبغى|تبغى|نفسي|يتمنى|تتمنى|اتمنى|ودي) (?:ا|ي|ت)?مو?ت|يموت نفسه|تموت نفسها"
            r"|(?:ي|ت|ا|ب|بي|بت)?قتل (?:نفسه|نفسها|نفسي|حاله|حالها|حالي)|[يت]جرح (?:نفسه|نفسها|ايده|ايدها)|(?:جرح|قطع|تشرط|شرطت) (?:ايدها|ايده|معصم\w*|شرايين\w*)|مش عايز[ةه]? اعيش|ما بدي عيش"
            r"|اؤذي نفسي|[يت]ؤذي نفس\w+",
        ),
        (_A, r"اغتص\w*|تحرش\w*|[يت]تحرش|ضرب\w* بالحزام|بيضربها? (?:بالحزام|بالعصا|لحد)"),
        (
            _D,
            r"(?:بيضربني|يضربني|ضربني|خنقني|يخنقني|بيخنقني|هددني|يهددني|بيهددني|رح يقتلني|هيقتلني|هيموتني)",
        ),
        (
            _M,
            r"ما ?(?:عم)? ?[يبت]تنفس\w*|مش (?:بي|بت|قادر |قادرة )?[يت]?تنفس|مش بيتنفس|لا يتنفس|تشنج\w*|فاقد الوعي|مغمى علي\w*|ما [عب]?م? ?[يبت]صحى|مش بيصحى|مش راضي[هة]? [يت]صحى|متخشب",
        ),
        (_Y, r"[يت]?سمع اصوات|بيسمع اصوات"),
        (_O, r"صور\w* عري\w*|ابتز\w*|[يب]يبتز\w*|يهدد (?:ولدي|بنتي|ابني)"),
    ),
}
