"""Words that speak of suicide or self-harm, in a child or in a grown-up."""

from bot.core.rules.pattern import Rule
from bot.core.triage import Category

_C = Category.CHILD_SUICIDE_SELF_HARM
_WORDY = "negated figurative fiction history news prevention"
_DEED = "negated fiction history news"

RULES = (
    Rule(
        "suicidal",
        _C,
        r"(?:feel(?:s|ing)?|is|am|im|hes|shes|was|been|be|became|become|becoming|got|are)"
        r"(?: \w+){0,2} suicidal|suicidal (?:thoughts|ideation|feelings|urges|again|tonight|today|child"
        r"|daughter|son|teen\w*|ideations|tendencies)",
        guards=f"inner {_WORDY}",
    ),
    Rule(
        "suicide_act",
        _C,
        r"(?:suicide (?:note|notes|letter|attempts?|plans?|pact|watch|methods?|kit)"
        r"|(?:attempt|attempts|attempted|attempting|tried|trying|threaten\w*|talk(?:s|ed|ing)? (?:about|of)"
        r"|mention(?:s|ed|ing)?|consider(?:s|ed|ing)?|contemplat\w+|plan(?:s|ned|ning)?|google[sd]?|googling"
        r"|search(?:ed|es|ing)?(?: for)?|look(?:s|ed|ing) up|research\w*|commit(?:s|ting)?|committed"
        r"|thoughts? (?:of|about)|think(?:s|ing)? (?:about|of)|thought (?:about|of)|want(?:s|ed)?)"
        r"(?: to)?(?: commit)?(?:ting|ted)?(?: a)? suicide)",
        guards=_WORDY,
    ),
    Rule("suicide_word", _C, r"suicid\w+", sure=False, guards=_WORDY),
    Rule(
        "kill_self",
        _C,
        r"WANT(?: just| go and| go| really| actually| literally| maybe)?"
        r" (?:kill(?:ing)?|hang(?:ing)?|shoot(?:ing)?|drown(?:ing)?|stab(?:bing)?|poison(?:ing)?|suffocat(?:e|ing)"
        r"|strangl(?:e|ing)|electrocut(?:e|ing)|starv(?:e|ing)|end(?:ing)?) SELF",
    ),
    Rule(
        "killed_self",
        _C,
        r"(?:kill(?:ed|s|ing)?|hang(?:ed|ing|s)|hung|shot|shooting|stabb(?:ed|ing)"
        r"|poison(?:ed|ing)|strangl(?:ed|ing)|chok(?:es?|ed|ing)|suffocat(?:ed|ing)) SELF",
        sure=False,
    ),
    Rule(
        "hurt_self",
        _C,
        r"WANT(?: just| really| to)? (?:hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|burn(?:ing)?"
        r"|injur(?:e|ing)|punish(?:ing)?) SELF",
    ),
    Rule(
        "wants_to_die",
        _C,
        r"(?:want(?:s|ed|ing)?(?: me)? to|wish(?:es|ed|ing)? (?:to|i could|he could|she could)"
        r"|ready to|prefer to|hop(?:e|es|ing) (?:to|i|he|she)|pray(?:s|ing)? (?:to|i|for)"
        r"|think(?:s|ing)? (?:about|of)|thoughts (?:of|about)|deserves? to)(?: just| be allowed to| really| go and)?"
        r" (?:die|dying|be dead|being dead|not be alive|not exist|never wake up|not wake up|stop existing|end my life"
        r"|end (?:his|her|their) life|end it all|ending it all|ending it|not be here|disappear forever|be in heaven)",
    ),
    Rule(
        "rather_die",
        _C,
        r"(?:rather|sooner|going to|better) (?:die|be dead|not be here|kill SELF)",
        sure=False,
    ),
    Rule(
        "wishes_dead",
        _C,
        r"wish(?:es|ed|ing)?(?: that)? (?:he|she|i|they) (?:was|were|wasnt|werent|had never been"
        r"|hadnt been|hadnt|was never|were never|had|could be|wasnt ever|didnt)(?: \w+)? (?:dead|born|alive|exist"
        r"|here(?: any ?more)?|wake up|died|woken up|die)",
    ),
    Rule(
        "not_live",
        _C,
        r"(?:(?:doesnt|dont|didnt|does not|do not|not|never|no longer|cant|cannot|couldnt)"
        r"(?: really| even)? (?:want(?:s|ed)? to|wanna|see the point (?:in|of)|go on|keep|carry on|wish(?:es)? to"
        r"|fit to|feel like)(?: be| being)? (?:here (?:any ?more|any longer)|liv(?:e|ing)(?: any ?more)?(?! (?:with|at"
        r"|in|here|there|near|like|together|abroad))|alive|exist(?:ing)?|wake up (?:any ?more|tomorrow|again|in the"
        r" morning|ever)|on this (?:earth|planet)|in this world)|no (?:reason|point|will|desire)"
        r" (?:to|in|of) (?:liv\w+|being alive|be alive|carry on living|being here|going on)|tired of (?:living"
        r"|life|being alive)|life (?:is not|isnt|aint|is no longer) worth (?:living|it)|nothing (?:left )?to live for"
        r"|not worth (?:living|being alive)|shouldnt (?:be|have been) (?:born|alive)|should never have been born"
        r"|sick of (?:living|being alive)|done with (?:life|living))",
        guards="figurative fiction history",
    ),
    Rule(
        "not_wake",
        _C,
        r"(?:hop\w+|wish\w*|pray\w*|want\w*|if)(?: to)?FEW (?:not|never|wouldnt|wont|doesnt|dont"
        r"|didnt|hadnt)(?: ever| to)? (?:wake up|wake|woken up)",
        guards="fiction history figurative pet",
    ),
    Rule(
        "better_off",
        _C,
        r"(?:better off|happier|be easier|be better|be fine|be okay|be ok|manage better)"
        r"(?: \w+){0,2} (?:without me|if (?:i|he|she) (?:was|were|wasnt|werent|died|disappeared|weren t)(?: \w+)?"
        r"(?: dead| gone| not here| not around| here| alive| born)?|dead|when im gone|once im gone|with me gone|if i"
        r" (?:go|die|left this))|(?:everyone|everybody|world|they|all|family)GAP(?:better off|happier) without"
        r" (?:him|her)",
        guards="fiction history figurative",
    ),
    Rule(
        "self_harm",
        _C,
        r"(?:self ?-? ?harm(?:s|ed|ing|er)?|self ?-? ?injur\w+|self ?-? ?mutilat\w+)",
        guards=_WORDY,
    ),
    Rule(
        "cutting_self",
        _C,
        r"(?:is|been|was|are|were|started|start|starts|caught|found|keeps?|kept|im|am|hes|shes"
        r"|still|stop|about|of|back to|again|secretly|theyre)(?: \w+)? (?:cut(?:ting)?|burning|slashing|stabbing"
        r"|carving|biting|scratching) (?:SELF|(?:on |at |into |up )?OWN (?:LIMB)|again tonight)|cut(?:s)? SELF"
        r" (?:again|on purpose|last|to|when|because|with|deliberately|so|and|since|for|at|every|tonight|in)",
        guards=_DEED,
    ),
    Rule(
        "cut_own_limb",
        _C,
        r"(?:cuts?|cutting|slashe?[sd]?|slit|slits|slitting|carved|carving|burnt|burned|stabbed)"
        r"(?: into| up| at)? OWN (?:own )?(?:\w+ )?(?:LIMB)(?: (?:with|using|open))?",
        sure=False,
        guards=_DEED,
    ),
    Rule(
        "wrists",
        _C,
        r"(?:cuts?|cutting|slashe?[sd]?|slashing|slit|slits|slitting|scars?|marks?)(?: \w+){0,4}"
        r" (?:wrists?)",
        guards=_DEED,
    ),
    Rule(
        "cuts_on",
        _C,
        r"(?:(?:fresh|new|old|deep|straight|thin|neat|little|tiny|razor|more|of|with|has|had|have|got"
        r"|saw|seen|found|rows? of|lines of|the) (?:cuts|slashes|razor cuts|razor marks|burns|scars|cut marks|gashes)"
        r"|(?:cuts|slashes|cut marks|scars))FEW (?:on|over|up|down|along|across|inside|all over)FEW (?:LIMB)",
        guards=_DEED,
    ),
    Rule(
        "blade_hidden",
        _C,
        r"(?:razor|blade|blades|razors|razor blades?|sharpener blades?|bloody|bloodied|blood)"
        r"GAP(?:hidden|under (?:his|her|my) (?:mattress|pillow|bed)|phone case|pencil case|(?:his|her) (?:drawer|room"
        r"|bag|bedroom|sock)|tissues)",
        sure=False,
        guards=_DEED,
    ),
    Rule(
        "noose",
        _C,
        r"noose|(?:rope|belt|cord|scarf|string|lead|flex|cable|shoe ?laces?|sheet|tie|dressing gown"
        r"|charger|ribbon|hoodie|ligature|leash|sash|bandage|wire|tights|dupatta|chunni)(?: \w+){0,4}"
        r" (?:round|around|on|about)(?: OWN| the| SELF)?(?: \w+)? (?:neck|throat)|(?:ties?|tied|tying|wrap\w*|put\w*"
        r"|tighten\w*|pull\w*)FEW (?:round|around) OWN(?: own)? (?:neck|throat)",
        guards="negated fiction history news",
    ),
    Rule(
        "overdosed",
        _C,
        r"(?:(?:took|taken|takes|taking|take|swallow\w*|ate|eaten|necked|downed|popped|had|drank)"
        r"(?: \w+){0,2} MANY(?: of)?(?: \w+){0,4} PILLS|(?:took|taken|taking|had|take|attempted|tried|trying"
        r"|going to|intentional|deliberate|by|an)(?: \w+){0,2} overdose[ds]?|overdosed)",
        guards=_DEED,
    ),
    Rule(
        "others_pills",
        _C,
        r"(?:he|she|they|KID)(?: has| have|s)?(?: just)? (?:swallowed|eaten|ate|downed|necked)"
        r" (?:some of |one of |all )?(?:my|(?:his|her) (?:dad|mum|mom|nan|gran|grandad|brother|sister)s?)"
        r"(?: \w+){0,2} PILLS|(?:found|got|got at|got into|had) (?:\w+ ){1,3}PILLS and"
        r" (?:took|ate|swallowed|had) (?:the lot|them all|all of them|loads|most of them)",
        guards=_DEED,
    ),
    Rule(
        "took_pills",
        _C,
        r"(?:took|taken|swallowed|downed|necked) (?:some |his |her |my |the |those )?PILLS",
        sure=False,
        guards=_DEED,
    ),
    Rule(
        "dies_today",
        _C,
        r"(?:im|i am|ill|i will|i want to|ive decided to|happy to)(?: really| finally| going to| just)*"
        r" (?:die|dying|end it|kill myself) (?:today|tonight|tomorrow|this (?:week|weekend|evening)|on"
        r" (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))",
    ),
    Rule(
        "hoards_pills",
        _C,
        r"(?:hoard(?:s|ed|ing)?|stockpil(?:e|es|ed|ing)|stash(?:es|ed|ing)|sav(?:ed|ing) up|kept back"
        r"|keeping back|put(?:ting)? (?:aside|by))(?: \w+){0,3} PILLS",
        guards=_DEED,
    ),
    Rule(
        "wants_it_again",
        _C,
        r"(?:cut|cutting|harm|hurt|burn|burning|harming)(?: \w+)?GAP(?:want|wants|need|needs|urge|tempted)"
        r" (?:to )?(?:do it )?(?:again|so bad)",
        guards="negated figurative fiction news",
    ),
    Rule(
        "stockpile",
        _C,
        r"(?:stockpil\w+|hoard\w*|hid(?:den|ing|es)?|saving(?: up)?|stash\w*|collect\w+|stor(?:ed|ing)"
        r"|counting|put aside|enough)(?: \w+){0,5} PILLS|PILLS(?: \w+){0,3} (?:hidden|saved up|stashed|hoarded"
        r"|under (?:his|her|my) (?:pillow|mattress|bed)|put aside)",
        sure=False,
        guards=_DEED,
    ),
    Rule(
        "jump_from",
        _C,
        r"(?:WANT(?: just)? |tried to |standing |stood |sitting |sat |hang\w* )(?:jump\w*|throw\w* SELF"
        r"|drive|driv\w+|walk\w*|run\w*|step\w*|on|by|at)(?: \w+){0,3} (?:off|from|in front of|out of|under|into)"
        r"(?: \w+){0,3} (?:bridge|roof|balcony|building|window|car park|cliff|traffic|lorry|truck|train|ledge"
        r"|tracks?|moving car|oncoming \w+)|(?:on|over|off) the (?:\w+ )?(?:bridge|roof|ledge|balcony)"
        r"(?: \w+){0,4} (?:jump\w*|legs? over|wont come)",
        guards="negated figurative fiction history news toy",
    ),
    Rule(
        "goodbye",
        _C,
        r"(?:(?:goodbye|good bye|farewell|final) (?:note|letters?|message|video|text)s?|said goodbye"
        r" to (?:everyone|us all|me forever)|giv(?:e|es|ing|en) (?:away )?(?:all )?(?:his|her|their|my) (?:\w+ )?"
        r"(?:things|stuff|possessions|belongings|treasures?)(?: away)?|plan(?:ned|ning|s)? (?:his|her|my) (?:own )?"
        r"funeral|writ\w+ (?:a |his |her |my )will)",
        sure=False,
    ),
    Rule(
        "end_it",
        _C,
        r"(?:end(?:ing)? it (?:all|tonight|for good|today)|end(?:ing)? (?:my|his|her|their) (?:own )?life"
        r"|tak(?:e|ing|en)(?: \w+)? (?:my|his|her|their) own life|took (?:his|her) own life|do away with SELF"
        r"|top SELF|off SELF|do SELF in|finish SELF off|cant go on (?:any ?more|like this|living)"
        r"|(?:say|said|saying) (?:my|his|her) (?:last|final) goodbyes?|wont be here (?:tomorrow|much longer|next week"
        r"|in the morning)|planning to die|die tonight|want out of (?:this )?life)",
        guards="negated figurative fiction history news",
    ),
    Rule(
        "head_banging",
        _C,
        r"(?:bang(?:s|ing|ed)?|slam(?:s|ming|med)?|smash(?:es|ing|ed)?|hit(?:s|ting)?|punch\w*)"
        r" (?:his|her|their|my)(?: own)? (?:head|face)GAP(?:bleed\w*|blood\w*|bruis\w*|knocked? (?:him|her)"
        r"|black and blue|lump|egg|hates? (?:himself|herself)|deserve|to hurt|on purpose)",
        guards=_DEED,
    ),
    Rule(
        "plan_or_date",
        _C,
        r"(?:has|have|had|made|got|with|written|wrote|found)(?: \w+){0,3} (?:plan|date|method)"
        r" to (?:die|kill|end)|i have a plan (?:and|for how)|i know (?:exactly )?how (?:id|i would|ill|i will|im going"
        r" to) do it",
    ),
    Rule(
        "hates_life",
        _C,
        r"(?:hate[sd]? (?:my|his|her|their) (?:own )?life|hates? (?:SELF|being alive)|worthless"
        r"|no ?(?:body|one) would (?:even )?(?:care|miss|notice|cry)GAP(?:died|dead|gone|me|him|her)|unbearable"
        r"|hopeless|nothing matters)",
        sure=False,
    ),
)
