"""Words that mean the same in these pages, words that say nothing, and words that are opposites."""

from bot.core.lexical import stem

EMPTY = frozenset(
    """a about an and any are as at be because been being but by could do does doing done for from
    get gets go had has have he her hers him his how i if in into is it its just me might my of on
    or our out really she so some such than that the their them then there these they this those
    though through to too up us very was we were what when where whether which while who whom why
    will with would you your yours yourself themselves may can could should also even still
    thing things something anything way ways lot lots bit kind sort say says said said tell tells
    child children teen teens one ones other another own much many more most make makes made
    you're they're it's i'm we're that's there's you'll they'll i'll don't can't isn't
    page example possible try help helps let lets need needs want wants here now again well
    for instance like rather instead both each every all no not never nor""".split()
)

_GROUPS = """common usual ordinary normal often
start begin starting beginning
pick choose chose choice
talk speak chat
hard difficult tough harder
scared afraid frightened fear fearful frighten scare
somebody someone person
seldom rarely
cross annoyed angry furious anger
tired exhausted
fight row argument argue quarrel squabble
show see seen look watch
upset distress distressed
quiet calm calmer calmly steady steadily settle settled still
plain simple clear clearly
agree settle
keep hold
deal sort
mend repair fix
ring call phone
skip leave omit
back return returning
answer reply respond
finish end ending
gather collect
speech words word
happen happens happened
mum mother mom
dad father
gran grandmother grandma
big large bigger
near close nearby beside
warm warmly warmer kind kindly kinder gentle gently
notice noticed spot
sister sibling brother
seem appear
ask question
feel feeling feelings felt
easy easier
common usually
write written note notes
visit session meeting
piece part
comfort soothe
stay remain
several few fewer
short shorter
long longer
loud louder aloud
low lower
high higher
weak weaker
strong stronger
late later
early earlier
fast faster
old older
small smaller tiny little
first firstly
strange odd
sad sadness
rest pause break
promise promised
tears cry crying
shout shouting yell
regular regularly
enough plenty
test check
slow slowly slower
true truth truthful honest honestly
real really
role job task
learn learned learnt
together with
kids child
line sentence
moment minute
afterwards after
grow growing
offer give
hear heard listen
fine okay right
idea ideas
alone lonely
private privacy
limit limits boundary
name named
belong belongs""".splitlines()

_PAIRS = """before after
first last
more less
more few
big small
quiet loud
start stop
give take
short long
alone together
same different
slow fast
early late
easy hard
true false
calm angry
low high
near far
keep drop
seldom always
yes no
safe danger
better worse
best worst
open closed
stay leave
help harm
warm cold
common rare
describe rate
describe judge
ask order
best worst
usual worst
weak strong
private public
agree disagree
lead follow
gentle firm
win lose
public private
wait hurry
whisper shout
remember forget
inside outside
on off
up down
late time
kept forgot
keep forget
out into
public alone
usual seldom
describe guess
little much
flat loud
tired awake
old young
start finish
begin end
always sometimes
right wrong
part whole
eased come
rate describe
together apart
gentle rough
day night
speed slow
hide show""".splitlines()


def _alike() -> dict[str, str]:
    found: dict[str, str] = {}
    for group in _GROUPS:
        words = group.split()
        for word in words:
            found.setdefault(stem(word), stem(words[0]))
    return found


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _PAIRS:
        one, other = (ALIKE.get(stem(word), stem(word)) for word in pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


ALIKE = _alike()
OPPOSITES = _opposites()
