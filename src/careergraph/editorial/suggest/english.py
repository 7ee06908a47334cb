"""English: the words that name what people do at work, and which of them say nearly the same.

Written by hand from general knowledge of the language. `make eval` measures what it brings: one half of the labelled
concepts may be read when words are added, the other half is only ever scored.
"""

from careergraph.editorial.suggest.language import Language

_SMALL = """
a an the of and or to in on for with by at from as into its it their your our his her that this these those be is are
not such other own within upon
"""

_BROAD = """
type kind typology range principle method technique scope science field ability competence competent knowledge software
tool system technology process activity solution skill way form basic program programming computer framework methodology
"""

_PHRASES = """
carry out=perform
carrying out=perform
carried out=perform
set up=establish
setting up=establish
work with=use
working with=use
make use of=use
deal with=handle
dealing with=handle
draw up=draft
drawing up=draft
keep up=maintain
look after=attend
take care of=attend
listen to=understand spoken
make sense of=understand
be fluent in=interact verbally
ability to=
able to=
capable of=
competent in=
competence in=
proficiency in=
proficient in=
knowledge of=
familiarity with=
experience with=
experience in=
types of=
kinds of=
range of=
typology of=
make sure=ensure
watch over=supervise
keep watch on=monitor
give advice=advise
provide advice=advise
giving advice=advise
work out=solve
put together=assemble
information and communications technology=ict
information and communication technology=ict
information and communication technologies=ict
geographic information systems=gis
geographic information system=gis
computer aided design=cad
virtual private network=vpn
"""

_ALIKE = """
use utilise employ apply operate handle
perform conduct undertake execute implement complete enact practise
create make produce develop design generate build construct draft prepare
manage oversee supervise administer direct coordinate handle run govern
maintain service repair preserve upkeep fix
safeguard protect preserve conserve
monitor control supervise oversee check observe track
analyse examine study assess evaluate investigate review appraise interpret measure
advise consult counsel recommend
provide give offer supply deliver
ensure assure guarantee secure
install mount fit assemble establish
teach train instruct educate coach lecture
promote encourage advocate endorse foster support advance
understand comprehend interpret
collect gather assemble obtain acquire
locate find discover
prevent avoid
inspect check examine test
plan arrange organise schedule
select choose pick
improve enhance optimise upgrade
modify adapt adjust change alter convert transform
identify recognise detect determine
communicate converse liaise speak interact
solve resolve troubleshoot
help assist support aid
show demonstrate present exhibit
explain describe clarify
estimate calculate compute
write compose draft author correspond
law legislation regulation rule statute legal
method technique procedure process
equipment device apparatus machinery machine tool instrument
product good item
software program application
computer ict it
employee staff personnel worker
customer client
vehicle car automobile
information data
component part
kind type
sell market
buy purchase procure
clean wash
remove eliminate
reduce decrease minimise lower
increase raise boost
transport convey carry move
store keep
record document register log
company business enterprise firm organisation
business industry
strategy policy
budget finance
footage image
garment clothing apparel clothes
shoe footwear
child kid
illness disease
medicine drug medication pharmaceutical
doctor physician
patient client
follow comply adhere observe abide respect
regulation rule standard
instruction direction
protocol procedure
requirement need
set adjust configure
operate tend run guard
manufacture production fabricate produce
guide lead direct
discuss negotiate
mix blend
cut slice trim
send dispatch
online web internet website digital
specialised technical
specify design
environmental ecological green
sea maritime marine ocean
power energy electricity
error fault defect
"""

_IMPLIED = """
read=understand written
speak=verbally interact
"""

_ENDINGS = """
isation ization ational ications ication ations ation itions ition utions ution ements ement ments ment ances ance ences
ence ities ity iness ness ively ingly ising izing ives ive ables able ible ially ically ical ics ally als al ings ing
ions ion ises izes ised ized ise ize ers ors er or ies ied ous ely ly ed es e s y
"""

_IRREGULAR = """
analyses=analys analysis=analys analyze=analys analyzing=analys analytical=analys analytic=analys analytics=analys
maintenance=maintain sold=sell sale=sell sales=sell men=man women=woman children=child choice=choos chosen=choos
people=person criteria=criterion dyeing=dye dying=die using=use used=use uses=use user=use users=use buying=buy
paying=pay fixing=fix mixing=mix acting=act adding=add writing=writ wrote=writ spoken=speak speech=speak
spoke=speak knives=knife lives=life feet=foot teeth=tooth mice=mouse info=inform news=news bought=buy taught=teach
built=build drawn=draw drew=draw grown=grow grew=grow growth=grow made=make given=give gave=give kept=keep led=lead
programme=program programmes=program programming=program legislative=legislat legislation=legislat advice=advis
electronic=electron electronics=electron known=know knowledge=know flown=fly flight=fly driven=driv thought=think
sought=seek spent=spend sent=send understood=understand understanding=understand
"""

_SPELLINGS = (
    ("colour", "color"),
    ("labour", "labor"),
    ("behaviour", "behavior"),
    ("centre", "center"),
    ("fibre", "fiber"),
)


def _pairs(lines: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in lines.strip().splitlines())


ENGLISH = Language(
    small=frozenset(_SMALL.split()),
    broad=frozenset(_BROAD.split()),
    phrases=_pairs(_PHRASES),
    alike=tuple([tuple(line.split()) for line in _ALIKE.strip().splitlines()]),
    implied={word: tuple(others.split()) for word, others in _pairs(_IMPLIED).items()},
    endings=tuple(_ENDINGS.split()),
    irregular=dict(pair.split("=") for pair in _IRREGULAR.split()),
    spellings=_SPELLINGS,
)

LANGUAGES = {"en": ENGLISH}
"""What is known of languages, by code. Of the others, nothing: their words are compared as they are written."""


def language_of(locale: str) -> Language:
    """The language of a locale (`en`, `en-GB`); one without any knowledge where none is written down."""
    return LANGUAGES.get(locale.split("-", maxsplit=1)[0].casefold(), Language())
