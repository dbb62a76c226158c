"""The words that speak for an intent other than guidance: one pattern a line, `_` for a space."""

# ruff: noqa: E501 - a pattern is read best on one line

import re

_SHORTHAND = {
    "DRUG": """ritalin|concerta|adderall|vyvanse|elvanse|strattera|atomoxetine|methylphenidate|
        fluoxetine|prozac|sertraline|zoloft|lexapro|citalopram|escitalopram|risperidone|
        guanfacine|melatonin|lithium|quetiapine|aripiprazole|anti-?depressants?|ssris?|stimulants?|
        beta_?blockers?|sleeping_(?:pill|tablet)s?""",
    "MEDICINE": r"""meds?\b|medications?|medicines?|dos(?:e|es|age)\b|side.?effects?|
        prescri\w+|tablets?\b|pills?\b""",
    "CONDITION": r"""adhd|add\b|asd\b|autis\w*|asperger\w*|odd\b|ocd\b|c?ptsd|bpd\b|bipolar|
        dyslexi\w*|dyspraxi\w*|clinically_depress\w*|depression|depressed|anxiety_disorder|pda\b|
        rad\b|fasd?\b|schizo\w*|psychosis|eating_disorder|anorexi\w*|tourette\w*|on_the_spectrum|
        neuro_?divergent|(?:attachment|conduct|personality|mood|sensory_processing)_disorder|
        selective(?:ly)?_mut\w*""",
    "WHO": r"""he|she|they|it|this|that|my_(?:\w+_)?\w+|the_\w+|[A-Z]\w+""",
    "THERAPIST": r"""(?:my|our|the|his|her|their)_(?:\w+_)?(?:therapist|counsell?or|psychologist)""",
    "FAMILY": r"""(?:famil\w+|clients?|patients?|parents?|child\w*|kids?)""",
}

INJECTION = r"""
(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|rules?|prompts?|guidelines)
(?:ignore|disregard|override|bypass)\b.{0,30}\b(?:guidance|polic\w+|training|restrictions|safety)
system_(?:prompt|message|override|instructions?)
jailbr\w+|(?:dan|developer|god|admin|debug|sudo|maintenance|unrestricted)_mode
you_are_(?:now|no_longer)_(?:an?\b|in\b|dan\b|my\b|free\b|bound\b)
pretend_(?:to_be|you(?:['’]?re|_are)|that_you)
(?:reveal|show|print|repeat|output|give|paste|list)\b.{0,30}\b(?:your|the|hidden|all)_(?:\w+_)?(?:prompts?|instructions|rules|configuration|config|settings)
(?:api|secret|encryption)_keys?|source_code|bot_token|database_(?:password|dump|schema)|drop_table
</?(?:system|assistant|user|instructions?)>|\[/?inst\]|\#\#\#_?(?:system|instruction)
act_as_(?:an?|my)_(?:doctor|psychiatrist|therapist|lawyer|hacker|different|evil|unfiltered)
from_now_on,?_(?:you\b|answer|reply|respond|always)
(?:which|what)_(?:ai|llm|language|kind_of)_?(?:ai|model|bot)_(?:are_you|is_this|do_you)
role_?play_as|do_anything_now|as_an_ai\b|new_instructions?:
"""

OTHER_FAMILIES = r"""
(?:other|another|different)_FAMILY\b.{0,40}\b(?:you_see|you_talk|details|names?|numbers?|notes?|messages?|files?|records?|wrote|sent|asked_you|tell_you|told_you|data)\b
(?:names?|details|numbers?|notes|messages?|files?|records?|list|data|address\w*|chats?|conversations?)\b.{0,30}\b(?:other|another|all|every|different)_(?:\w+_)?FAMILY\b
who_else_(?:does|do|is|uses?|sees?|goes|comes|has|talks?)\b
(?:which|what)_other_(?:FAMILY|people)\b
(?:other|another)_(?:mum|mom|dad|mother|father|parent|family)['’]?s?_(?:messages?|notes?|number|file|chat|details|child)\b
(?:does|do|is|are)_the_\w+s?_(?:family|kid|boy|girl)?_?(?:also_)?(?:see|come_here|go_to|use_this|on_here|a_patient|a_client)\b
(?:tell|show|give|send|read)_me\b.{0,25}\b(?:someone|somebody|anyone)_else['’]?s?\b
what_did_(?:\w+_){1,4}(?:mum|mom|dad|mother|father|parents?|family)_(?:say|write|tell|ask|message)\b.{0,12}(?:you|here|bot|\?|$)
"""

BANTER = r"""
(?:are_you|r_u|u|you)_(?:single|hot|sexy|horny|human|a_(?:bot|robot|real_person|person|machine|human|real)|real\b|married|stupid|thick|drunk|alive)
marry_me|(?:send|show)_(?:me_)?(?:nudes?|ur_|your_(?:tits|boobs|body|pic\w*|feet))|what_are_you_wearing
go_on_a_date|^\W*(?:do_you|d_you|u)_(?:love|fancy|like)_me\W*$|(?:wanna|want_to)_(?:hook_up|sext|shag|fuck)
tell_(?:me|us)_(?:a|another|your_best)_(?:\w+_)?joke|talk_dirty|sexy?_(?:talk|time|chat)
(?:f+u+c+k+|screw|piss|sod|bugger|shut|feck)_?(?:you|off|up|u)\b(?!_to)
(?:stupid|useless|shit|crap|dumb|pointless|bloody|fucking|poxy|rubbish)_(?:bot|robot|machine|app|computer|ai)\b
you(?:['’]?re|_are)_(?:a_)?(?:useless|shit|crap|rubbish|stupid|an_idiot|dumb|pathetic|hot|sexy|gorgeous)\b
(?:bot|robot)_(?:lover|sex)|sit_on_my|suck_my|kiss_my
"""

WISH_FOR_THERAPIST = r"""
(?<!should i )(?<!do i )(?<!can i )(?<!what to )(?<!how to )(?<!should we )(?<!do we )(?:tell|ask|let|message|text|remind|inform|notify)_THERAPIST\b
(?:can|could|would|will|please|have|get)\b.{0,15}\b(?:she|he|they|her|him|them|therapist|someone|somebody|THERAPIST|a_person|dr_\w+|[A-Z]\w+)_(?:to_|please_)?(?:call|ring|phone|text|e-?mail|message|contact|get_in_touch_with|get_back_to|speak_(?:to|with)|talk_(?:to|with))_(?:me|us)\b
(?:i|we)(?:['’]?d|_would)?_(?:need|want|wanna|like|wish|prefer|have)_?(?:to)?_(?:speak|talk|chat|message|write|get_hold)_(?:to|with|of)?_?(?:a_|an_|THERAPIST|someone|somebody|human|[A-Z]\w+)
(?:pass|send|forward)_(?:this|that|it|a_message|my_message)_(?:on|along)?_?(?:to_)?(?:THERAPIST|her\b|him\b|them\b|[A-Z]\w+)?
put_me_through|(?:call|ring|phone)_me_(?:back)?|give_me_a_(?:ring|call|bell|shout)
(?:rather|prefer)_(?:\w+_){0,3}(?:a_)?(?:human|person|THERAPIST)\b
(?:how|where)_(?:can|do|could)_(?:i|we)_(?:contact|reach|get_hold_of|message|email|ring|call)_(?:THERAPIST|her|him|them|you|[A-Z]\w+)
is_(?:THERAPIST|she|he|[A-Z]\w+)_(?:free|available|about|around|in)_(?:today|tomorrow|now|this|for|at|to)\b
"""

PERHAPS_A_WISH = r"""
^(?:please_|pls_|can_you_|could_you_|will_you_|would_you_|hi,?_)*(?:tell|ask|let|message|text|remind|inform)_(?!me\b|us\b)\w+_
(?:she|he|they)_(?:needs?|should|ought|has)_to_know\b
"""

CLINICAL = r"""
\b(?:DRUG)\b
(?:does|do|could|might|would|will)_(?:WHO)_(?:\w+_){0,3}(?:have|has|got|be|being|mean|sound_like)_(?:\w+_){0,4}(?:CONDITION)
(?:is|are|was)_(?:WHO)_(?:\w+_){0,3}(?:CONDITION)
(?:think|reckon|sure|convinced|wonder(?:ing)?_if|whether|worried|says?|said|suspects?)_(?:that_)?(?:WHO)(?:['’]?s|_(?:\w+_){0,2}(?:has|have|had|is|got|be))_(?:\w+_){0,3}(?:CONDITION)
(?:a|the|any|his|her|their|official|formal|get|for|of|with)_(?:\w+_)?diagnos(?:is|es|ed)\b|(?:un|mis-?)?diagnosed\b|diagnose_
(?:stop|start|starting|come_off|coming_off|wean|skip|change|up|lower|increase|reduce|halve|double|miss(?:ed|ing)?|forgot|refus\w+|put|hide|crush|mix|take|taking|give|giving)\b.{0,25}\b(?:MEDICINE)
(?:MEDICINE)\b.{0,30}\b(?:work\w*|help\w*|safe|dose|morning|night|stop\w*|start\w*|tired|sleep\w*|appetite|weight|increase\w*|mg|with_food|doctor|gp|zombie|sick|headache\w*|addict\w*)
(?:assessment|test|blood|screening|scan|eeg|mri|evaluation)s?_(?:results?|come_back|came_back|scores?|report)\b
results?\b.{0,25}\b(?:assessment|tests?|testing|bloods?|scan|screening|evaluation|questionnaire)\b
(?:assessment|tests?|testing|evaluation|scan|bloods?)\b.{0,25}\b(?:come_back|came_back|results?|show|say|said|back_yet|mean|positive|negative)\b
"""

PERHAPS_CLINICAL = r"""
\b(?:MEDICINE)|\b(?:CONDITION)|diagnos\w+
grow(?:s|ing)?_out_of|will_(?:he|she|they|it)_(?:ever|always|be_ok\w*|be_alright|be_normal|get_better)
prognosis|cured?\b|curable|permanent\w*|lifelong|recover\w*|for_life\b|outlook
psychiatr\w+|p(?:a)?ediatrician|symptoms?|\d_?mg\b|assess\w+|evaluat\w+|referr\w+|scores?\b|percentile|genetic|inherit\w+|hereditary|iq\b|blood_tests?
"""

ADMIN = r"""
invoices?|receipts?|superbills?|co-?pays?|deductible|reimburs\w+|billing|overcharged|refund\w*
re-?schedul\w+|waiting_list|wait-?list|opening_hours|zoom|video_link|post_?code|parking|car_?park
direct_debit|bank_details|cancellation|no-?show_(?:fee|charge)|insur(?:ance|er)s?|out_of_network|voucher|log_?in\b|password_reset
(?:what|which)_(?:time|day|date)\b.{0,40}\b(?:session|appointment|appt|therap\w+|see|seeing|slot|meeting|next|we_in|open|close)\b
when(?:['’]?s|_is|_are)?_(?:our|the|his|her|my|their)_next\b
(?:move|change|swap|switch|book|cancel|re-?arrange|postpone|push|bring)\b.{0,25}\b(?:appointment|appt|booking|slot|(?:mon|tues|wednes|thurs|fri|satur|sun)day|half_term|next_week|tomorrow|today)
(?:letter|form|report|certificate|note|paperwork|statement)s?\b.{0,30}\b(?:for|to)_(?:the_|his_|her_|our_|my_)?(?:school|court|gp|doctor|employer|work|solicitor|council|benefits?|dla|insurance|landlord|housing|university|passport|visa|lawyer|social)\b
running_(?:a_bit_|\w+_)?late|stuck_in_traffic|(?:can['’]?t|cannot|won['’]?t|not_going_to|unable_to)_(?:make_it|make_(?:today|tomorrow|this|the|it|our|mon|tue|wed|thu|fri)\w*|come_(?:today|tomorrow|in|on)|attend)
how_much_(?:is|are|do|does|will|would|did)\b.{0,25}\b(?:session|appointment|therapy|cost|charge|owe|pay)
"""

PERHAPS_ADMIN = r"""
appointments?|appts?\b|cancel\w*|booked|booking|letters?\b|forms?\b|fees?\b|pay(?:ment|ing)?\b|costs?\b|charge[ds]?\b|bill(?:s|ed)?\b|address\b|slots?\b|email\w*|reception\w*|office\b|closed\b|bank_holiday|half_term|paperwork|sign(?:ed|ing)?_the|\d{1,2}[:.]\d\d|\d_?[ap]m\b
"""


def pattern_of(lines: str) -> re.Pattern[str]:
    """One expression that finds any of the lines; `[A-Z]` alone in it needs a real capital."""
    text = "|".join(lines.strip().splitlines())
    for name, meaning in _SHORTHAND.items():
        flat = re.sub(r"\n\s*", "", meaning)
        text = text.replace(name, f"(?:{flat})")
    text = text.replace("_", r"(?:\s+)").replace("[A-Z]", "(?-i:[A-Z])")
    return re.compile(rf"(?<!\w)(?:{text})", re.IGNORECASE)
