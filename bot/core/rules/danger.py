"""Words that speak of violence, medical emergencies, missing children, voices, strangers and drugs."""

from bot.core.rules.pattern import Rule
from bot.core.triage import Category

_V = Category.VIOLENCE_OR_WEAPONS
_M = Category.MEDICAL_EMERGENCY
_G = Category.MISSING_OR_RUNAWAY
_Y = Category.PSYCHOSIS_OR_MANIA
_O = Category.ONLINE_EXPLOITATION
_S = Category.SUBSTANCE_DANGER
_DEED = "negated figurative fiction history news toy"
_WORDY = "negated figurative fiction history news prevention"

RULES = (
    Rule(
        "weapon_used",
        _V,
        r"(?:pull(?:s|ed)|held|holds|holding|wav(?:ed|ing|es)|point(?:ed|ing|s)|chas\w+|came at"
        r"|went (?:at|for)|threaten\w*|swung|lung\w+|stabb?\w*|attack\w*|put|press\w*|cut)(?: \w+){0,5} (?:with )?(?:a|the|his"
        r"|her|my|an)? ?(?:\w+ )?BLADE(?: (?:to|at|on|against|under))?",
        guards=_DEED + " pet",
    ),
    Rule(
        "weapon_carried",
        _V,
        r"(?:brought|bring(?:ing|s)?|took|taken|taking|takes|carr(?:y|ying|ied|ies)|has|had|got|keeps"
        r"|found|hiding|hid|hidden|bought|sleeps with|with)(?: \w+){0,3} BLADE(?: \w+){0,3} (?:to|into|in|at|under|inside"
        r"|for)(?: \w+)? (?:school|class|college|backpack|bag|locker|pillow|bed|mattress|room|drawer|waistband|sock|protection"
        r"|pocket|jacket|pants|blazer)|loaded (?:gun|rifle|pistol|weapon)|guns? (?:safe )?(?:is |was )?(?:missing|gone)"
        r"|(?:gun|rifle|pistol|shotgun|firearm) (?:in|under|from)(?: \w+){0,3} (?:bag|room|backpack|bed|mattress|safe|drawer)",
        guards=_DEED,
    ),
    Rule(
        "threat_to_kill",
        _V,
        r"(?:threaten\w* to|going to|says? (?:hell|shell|he will|she will|hes going to|shes going to|he"
        r" wants to|she wants to|he is going to)|said (?:hed|shed|he would|she would|he was going to|he will|hell|shell|he"
        r" wants to|she wants to|he wanted to)|wants? to|wanted to|plan\w* to|vow\w* to|ll|thinking about|thoughts of"
        r"|fantasi\w+ about|list of (?:people|kids|who))(?: \w+){0,2} (?:stab(?:bing)?|shoot(?:ing)?(?: up)?|burn(?:ing)? down"
        r"|blow(?:ing)? up|murder(?:ing)?|slit|behead|poison(?:ing)?|kill(?:ing)?) (?:his|her|their|the|everyone|people"
        r"|someone|somebody|kids|children|teachers?|other|them all|us all|a (?:girl|boy|kid|teacher|student)|his|our|baby|some)"
        r"(?: \w+)?",
        guards=_DEED + " pet",
    ),
    Rule(
        "threat_soft",
        _V,
        r"(?:threaten\w*|going to|wants? to|will|ll|said)(?: \w+){0,3} (?:kill|stab|shoot|murder|burn)"
        r" (?:me|us|him|her|them|you)",
        sure=False,
        guards=_DEED,
    ),
    Rule(
        "stabbed",
        _V,
        r"(?:stabb(?:ed|ing)|shot|knifed|strangl(?:ed|ing)|suffocat(?:ed|ing)|smother(?:ed|ing)|tried to (?:kill"
        r"|strangle|choke|drown|stab|suffocate|smother|poison))(?: \w+)? (?:his|her|him|my|me|the|a|another|someone|their)"
        r"(?: \w+)?",
        sure=False,
        guards=_DEED,
    ),
    Rule(
        "tried_to_kill",
        _V,
        r"tried to (?:kill|strangle|choke|drown|stab|suffocate|smother|poison) (?:his|her|him|my|me|the"
        r" baby|another|someone|our|us)(?: \w+)?",
        guards=_DEED,
    ),
    Rule(
        "fire",
        _V,
        r"(?:set(?:s|ting)?|lit)(?: \w+){0,4} (?:on fire|alight|ablaze)|set(?:s|ting)?(?: \w+)? fires?(?: to)?"
        r"|(?:lit|lights|lighting|start(?:s|ed|ing)|making|made)(?: a| little| small| another)* fires? (?:in|under|behind|at)"
        r"|burn(?:ed|t|ing)? (?:down )?(?:the|our) (?:house|shed|school|garage)|pour\w* (?:petrol|gasoline|lighter fluid"
        r"|kerosene|paraffin)",
        guards=_DEED,
    ),
    Rule(
        "animal",
        _V,
        r"(?:kill(?:ed|s|ing)|tortur\w*|drown(?:ed|s|ing)|strangl\w*|hang(?:ed|ing)|hung|stabb\w*|microwav\w*"
        r"|skinn\w*|set fire to|cut (?:up|open|off)|stomp\w*|stamp\w* on|broke|snapped|hurt(?:s|ing)?|swung|swing\w*|kick\w*"
        r"|burn\w*)(?: \w+){0,4} (?:cat|cats|kitten|kittens|dog|puppy|hamster|rabbit|bunny|guinea pig|bird|birds|pets?"
        r"|animals?|chicks?|gerbil|frog|frogs|mouse|kitty)",
        sure=False,
        guards=_DEED,
    ),
    Rule(
        "seizure",
        _M,
        r"(?:(?:having|had|has|another|a|second|first|in|into|is|was|two|three|keeps)(?: \w+){0,2}"
        r" (?:seizures?|convuls\w*|fitting)|convulsing|having a fit and|wont stop (?:fitting|seizing|shaking|convulsing))",
        guards="negated figurative fiction history news prevention",
    ),
    Rule(
        "not_breathing",
        _M,
        r"(?:(?:not|isnt|wasnt|stopped|cant|barely|hardly|struggling to|trouble|difficulty|couldnt)"
        r" breath(?:e|ing)|stop(?:s|ped|ping) breathing|(?:lips?|face|mouth|fingers|nails)(?: \w+){0,4} (?:blue|grey|gray"
        r"|purple|swelling|swollen|swelled)|(?:turn(?:ed|ing)|went|going|gone|go) (?:blue|grey|gray|purple) (?:and|in|around|then)"
        r"|gasping for (?:air|breath)|throat (?:is )?(?:clos\w+|swell\w*|swollen)|choking on|anaphyla\w*|epi ?pen)",
        guards="figurative fiction history news prevention",
    ),
    Rule(
        "unconscious",
        _M,
        r"unconscious|unresponsive|(?:wont|cant|not|wouldnt|doesnt|isnt|couldnt|hard to|cannot|didnt)"
        r"(?: get| properly| even)?(?: him| her)?(?: to)? (?:wake|waking|respond|responding|wake up|be woken|come round|stay"
        r" awake|rouse)|passed out|black(?:ed|ing) out|faint(?:ed|ing|s)|collaps(?:ed|es|ing)|(?:went|gone|going|goes) (?:all"
        r" )?(?:limp|floppy|stiff)|lost consciousness|eyes roll\w*(?: \w+)? back|no pulse|foaming",
        sure=False,
        guards="figurative fiction history news pet",
    ),
    Rule(
        "swallowed",
        _M,
        r"(?:swallow(?:ed|ing|s)|drank|drunk|drinks?|ate|eaten|ingested|drinking|sucked|licked)(?: \w+){0,5} (?:(?:button )?"
        r"batter(?:y|ies)|magnets?|bleach|antifreeze|detergent|weed ?killer|rat (?:poison|bait)|poison|petrol|paint thinner"
        r"|turps|white spirit|laundry pods?|pods?|dishwasher \w+|drain cleaner|cleaner|kerosene|paraffin|hand ?saniti[sz]er"
        r"|nail polish remover|pills?|tablets|vape (?:juice|liquid)|nicotine|edibles?|berries|mushrooms?|caustic soda|perfume"
        r"|mouthwash|insecticide|pesticide|lamp oil|acid|glass)",
        guards="negated figurative fiction history news pet",
    ),
    Rule(
        "wrong_medicine",
        _M,
        r"(?:gave|given|giving|took|taken|had)(?: \w+){0,4} (?:double|triple|twice|three times|ten times"
        r"|five times|10x|too much|too many|wrong)(?: \w+){0,3} (?:dose|medicine|medication|PILLS|amount)|double dosed?",
        sure=False,
        guards="negated fiction history news",
    ),
    Rule(
        "head_injury",
        _M,
        r"(?:hit|bang\w*|bump\w*|cracked|knocked|smack\w*|fell|fallen|dropped)GAP(?:head|stairs|window"
        r"|balcony|concrete)GAP(?:vomit\w*|sick|sleepy|drowsy|confused|unconscious|knocked out|bleed\w*|blood|wont wake|dazed"
        r"|pupils?|slurr\w*|floppy|dent)|(?:vomit\w*|cough\w*|throw\w* up|pooing|passing|peeing) (?:up )?blood|fractured skull"
        r"|bleeding (?:heavily|badly|wont stop|a lot)|wont stop bleeding|blood (?:everywhere|wont stop|pouring)",
        guards="negated figurative fiction history news",
    ),
    Rule(
        "not_eating",
        _M,
        r"(?:hasnt|havent|not|refus\w+|wont|no|nothing|barely|hardly|stopped|didnt)(?: \w+){0,5} (?:eat(?:en|ing)?"
        r"|food|drink(?:ing)?|drunk|fluids?|water|anything)(?: \w+){0,6} (?:(?:two|three|four|five|six|\d+|several|a few) (?:days"
        r"|weeks)|since (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|the weekend|yesterday|last))",
        sure=False,
        guards="fiction history news pet",
    ),
    Rule(
        "missing",
        _G,
        r"(?:(?:(?:he|she|they|son|daughter|boy|girl|child|kid|who) (?:is|has been|went|are|has gone)|shes been|hes been|still|reported|shes|hes|theyre|shes gone|hes gone) missing(?! (?:in|maths|some|it|three|football|english|lots|so|that|bits|practice|swimming|school|lessons|out"
        r"|you|me|him|her|his|the|a|two|teeth|class|from|piece|my|work|dad|mum|home|sessions?|an?))|(?:didnt|never|not|hasnt|havent)"
        r"(?: \w+){0,2} (?:come|came|arrived?|returned?|turned up|got|made it|reached|show(?:ed)? up)(?: back)? (?:home|to school"
        r"|at school|from school|back)(?: \w+){0,3} (?:last night|yet|since|tonight|yesterday|from school|at all|yesterday|and (?:his"
        r"|her) phone)|(?:havent|not|no one has|nobody has|hasnt been) (?:seen|heard from|seen or heard)(?: him| her| from| my \w+)*"
        r" (?:since|for (?:\w+ )?(?:hours|days)|in (?:\w+ )?(?:hours|days))|(?:dont|no idea|nobody knows|not|do not|cant|doesnt)"
        r" (?:know )?where (?:he|she|they|my (?:\w+ )?KID) (?:is|are|has gone|went|slept)|whereabouts)",
        guards="figurative fiction history news pet",
    ),
    Rule(
        "ran_away",
        _G,
        r"(?:ran|run|runs|running|climbed|snuck|bolted|sneaked)(?: \w+)? (?:away|off)(?! (?:with|from (?:me|the (?:table"
        r"|bath)|his (?:homework|coat))|to (?:his|her) room|laughing|giggl\w*|naked|and hid))|(?:run(?:ning|s)?|ran) away(?: from home)?"
        r"|(?:cant|cannot|couldnt) find (?:him|her|them|my (?:\w+ )?KID)",
        sure=False,
        guards="negated figurative fiction history news pet",
    ),
    Rule(
        "voices",
        _Y,
        r"hear(?:s|ing|d)?(?: \w+){0,2} voices?(?: \w+){0,2} (?:in|tell\w*|say\w*|told|that|again|at night|who|when"
        r"|from|and|call\w*|whisper\w*)|voices?(?: \w+){0,4} (?:tell(?:s|ing)?|told|command\w*) (?:him|her|me|my|them)"
        r"|hallucinat\w+|hears? (?:people|things|someone|a man|whispers?)(?: \w+){0,3} (?:that|who|not there|arent there)"
        r"|psychosis|psychotic|delusion\w*",
        guards="negated figurative fiction history news prevention",
    ),
    Rule(
        "paranoid",
        _Y,
        r"(?:think(?:s|ing)?|convinced|believes?|says?|sure|insist\w*)(?: \w+){0,6} (?:poison(?:ed|ing)?|following"
        r" (?:him|her|me)|watching (?:him|her|me|us)|spying|cameras? (?:in|behind)|hes (?:god|jesus)|is (?:god|jesus|the devil)|chosen"
        r" (?:by|one)|bugged|microchip\w*|reading (?:his|her|my) (?:mind|thoughts)|talking (?:to|about) (?:him|her) (?:on|through)"
        r"|possessed|the tv is)|paranoid",
        sure=False,
        guards="negated figurative fiction history news",
    ),
    Rule(
        "no_sleep_days",
        _Y,
        r"(?:hasnt|havent|not|no|without|barely|didnt)(?: \w+){0,2} (?:slept|sleep|sleeping|sleeps)(?: \w+){0,3}"
        r" (?:(?:two|three|four|five|six|\d+) (?:days|nights)|since)",
        sure=False,
        guards="figurative fiction history",
    ),
    Rule(
        "nudes",
        _O,
        r"(?:nudes?|naked|topless|explicit|sexual|intimate|underwear|dick|private)(?: \w+)? (?:pics?|photos?|pictures?|images?"
        r"|videos?|selfies?|messages|texts)|ask(?:s|ed|ing)?(?: \w+){0,4} for nudes|sextort\w*|blackmail\w*|(?:send(?:ing)?|sent|asked for|wants|shared?|asking for)(?: \w+){0,3} nudes",
        guards="negated figurative fiction history news prevention",
    ),
    Rule(
        "stranger_online",
        _O,
        r"(?:man|men|guy|guys|adult|stranger|someone|boy|person|boyfriend|friend|somebody|people)(?: \w+){0,4}"
        r" (?:online|on (?:discord|roblox|snapchat|snap|instagram|insta|tiktok|telegram|whatsapp|omegle|facebook|the internet|kik|twitch|a game))"
        r"GAP(?:meet|pics?|photos?|pictures?|undress|secret|camera|webcam|address|gift|money|love|older|naked|school|send|sent|bra|kiss)"
        r"|meet(?:ing|s)?(?: up)?(?: with)?(?: \w+){0,3} (?:(?:he|she|they|i) met (?:online|on)|stranger|from (?:discord|roblox|snapchat|the"
        r" internet|instagram|tiktok))|groom(?:ed|ing) (?:him|her|my|by|online|me)|been groomed",
        sure=False,
        guards="negated fiction history news prevention",
    ),
    Rule(
        "drunk_with_kids",
        _S,
        r"(?:drunk|wasted|stoned|high|drinking|drink|hammered|bladdered|plastered|pissed|intoxicated|locked|tipsy|vodka"
        r"|beers|over the limit|had (?:\w+ )?(?:wine|beers?|drinks))GAP(?:driv\w+|drove|behind the wheel|picked? (?:him|her|them|the kids)"
        r" up|in the car with)|(?:driv\w+|drove|drives) (?:\w+ ){0,4}(?:drunk|high|stoned|wasted|after drinking|over the limit"
        r"|while (?:drunk|high))",
        guards="negated figurative fiction history news prevention",
    ),
    Rule(
        "hard_drugs",
        _S,
        r"(?:fentanyl|heroin|meth|crystal meth|cocaine|crack|ketamine|ket|mdma|ecstasy|lsd|acid|xanax|oxy\w*|percocets?|spice"
        r"|nyaope|shabu|tik|lean|nitrous|nangs|syringes?|needles?|crack pipe|narcan|naloxone|benzos|pingers|ice pipe|codeine syrup)",
        sure=False,
        guards="negated figurative fiction history news prevention",
    ),
    Rule(
        "drunk_in_charge",
        _S,
        r"(?:drunk|wasted|stoned|high|passed out|unconscious|blacked out|relapsed?|using again|off (?:his|her|my) (?:face|head))"
        r"GAP(?:kids|children|baby|toddler|alone with|looking after|watching (?:them|him|her)|in charge|minding|babysit\w*|driving)",
        sure=False,
        guards="negated figurative fiction history news",
    ),
)
