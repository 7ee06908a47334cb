"""A language: how a phrase is split into words, and which words mean the same. English is the only one so far.

Its lists are written by hand from general knowledge of the language. `make eval` measures their effect: one half of the
labelled concepts may be read when words are added, the other half is only ever scored.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import import_module

from careergraph.engine.text.same_wording import normalised

LONGEST = 1000
"""The letters of a phrase that are read: anything longer is a text, not a phrase."""


@dataclass(frozen=True)
class Language:
    """The word lists of one language. An empty one compares words as they are written, which works in all languages.

    `small` words carry no meaning of their own, `broad` words carry little (`methods`, `software`). `phrases` maps
    several words to the one that replaces them. `alike` are groups of synonyms; `implied` maps a word to others that it
    includes (`read`: `understand`, `written`). `stemmer` names an algorithm of Snowball, `irregular` the stems of words
    for which it finds others.
    """

    small: frozenset[str] = frozenset()
    broad: frozenset[str] = frozenset()
    phrases: Mapping[str, str] = field(default_factory=dict)
    alike: tuple[tuple[str, ...], ...] = ()
    implied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stemmer: str = ""
    irregular: Mapping[str, str] = field(default_factory=dict)
    spellings: tuple[tuple[str, str], ...] = ()

    def words(self, text: str) -> list[str]:
        """Split a text into words: without case, accents and punctuation, phrases replaced."""
        padded = f" {normalised(_POSSESSIVE.sub('', text[:LONGEST]))} "
        if self.phrases:
            padded = self._known_phrases.sub(lambda match: f" {self.phrases[match[1]]} ", padded)
        return padded.split()

    def reworded(self, text: str) -> str:
        """A text in the words that the lists put in the place of its own, for a reader that does not know the lists:
        `be able to read Basque` becomes `be understand written basque`. One without words stays as it is."""
        words = [other for word in self.words(text) for other in self.implied.get(word, (word,))]
        return " ".join(words) or text

    def stems(self, words: Iterable[str]) -> list[str]:
        """Return the stems of the words that carry meaning, or of all where none does."""
        words = list(words)
        return [self.stem(word) for word in words if word not in self.small] or [self.stem(word) for word in words]

    def stem(self, word: str) -> str:
        """Return the stem of a word, the same for all its forms; not always a word itself."""
        if (irregular := self.irregular.get(word)) is not None:
            return irregular
        if not self.stemmer or not word.isalpha():
            return word
        for theirs, ours in self.spellings:
            word = word.replace(theirs, ours)
        stem = _snowball(self.stemmer, word)
        return stem[:-2] if len(stem) > 5 and stem.endswith(("is", "iz")) else stem  # `optimise` as `optimize`

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str, ...]]:
        """The stems of synonyms, by stem."""
        neighbours: dict[str, dict[str, None]] = {}
        for group in self.alike:
            stems = [self.stem(word) for word in group]
            for stem in stems:
                neighbours.setdefault(stem, {}).update({other: None for other in stems if other != stem})
        for word, others in self.implied.items():
            neighbours.setdefault(self.stem(word), {}).update({self.stem(other): None for other in others})
        return {stem: tuple(others) for stem, others in neighbours.items()}

    @cached_property
    def broad_stems(self) -> frozenset[str]:
        """The stems of the words that carry little meaning."""
        return frozenset({self.stem(word) for word in self.broad})

    @cached_property
    def _known_phrases(self) -> re.Pattern[str]:
        longest_first = sorted(self.phrases, key=lambda phrase: (-len(phrase), phrase))
        return re.compile(rf" ({'|'.join(re.escape(phrase) for phrase in longest_first)})(?= )")


_POSSESSIVE = re.compile(r"['’]s\b")


@lru_cache(maxsize=50_000)
def _snowball(algorithm: str, word: str) -> str:
    """Return the stem of a word by an algorithm of Snowball.

    The library is imported with the first word: it loads the tables of 36 languages, 14 MiB and 0.14 s, which a server
    that suggests nothing can do without. A stemmer has state, so each word gets one of its own, for threads.
    """
    module = import_module(f"snowballstemmer.{algorithm}_stemmer")
    stem: str = getattr(module, f"{algorithm.title()}Stemmer")().stemWord(word)
    return stem


_SMALL = """
a an the of and or to in on for with by at from as into its it their your our his her that this these those be is are
not such other own within upon
"""

_BROAD = """
type kind typology range principle method technique scope science field ability competence competent knowledge software
tool system technology process activity solution skill way form basic program programming computer framework methodology
"""

_PHRASES = """
carry out=perform; carrying out=perform; carried out=perform; set up=establish; setting up=establish; work with=use;
working with=use; make use of=use; deal with=handle; dealing with=handle; draw up=draft; drawing up=draft;
keep up=maintain; look after=attend; take care of=attend; listen to=understand spoken; make sense of=understand;
be fluent in=interact verbally; ability to=; able to=; capable of=; competent in=; competence in=; proficiency in=;
proficient in=; knowledge of=; familiarity with=; experience with=; experience in=; types of=; kinds of=; range of=;
typology of=; make sure=ensure; watch over=supervise; keep watch on=monitor; give advice=advise;
provide advice=advise; giving advice=advise; work out=solve; put together=assemble;
information and communications technology=ict; information and communication technology=ict;
information and communication technologies=ict; geographic information systems=gis; geographic information system=gis;
computer aided design=cad; virtual private network=vpn
"""

_ALIKE = """
use utilise employ apply operate handle; perform conduct undertake execute implement complete enact practise; create
make produce develop design generate build construct draft prepare; manage oversee supervise administer direct
coordinate handle run govern; maintain service repair preserve upkeep fix; safeguard protect preserve conserve; monitor
control supervise oversee check observe track; analyse examine study assess evaluate investigate review appraise
interpret measure; advise consult counsel recommend; provide give offer supply deliver; ensure assure guarantee secure;
install mount fit assemble establish; teach train instruct educate coach lecture; promote encourage advocate endorse
foster support advance; understand comprehend interpret; collect gather assemble obtain acquire; locate find discover;
prevent avoid; inspect check examine test; plan arrange organise schedule; select choose pick; improve enhance optimise
upgrade; modify adapt adjust change alter convert transform; identify recognise detect determine; communicate converse
liaise speak interact; solve resolve troubleshoot; help assist support aid; show demonstrate present exhibit; explain
describe clarify; estimate calculate compute; write compose draft author correspond; law legislation regulation rule
statute legal; method technique procedure process; equipment device apparatus machinery machine tool instrument;
product good item; software program application; computer ict it; employee staff personnel worker; customer client;
vehicle car automobile; information data; component part; kind type; sell market; buy purchase procure; clean wash;
remove eliminate; reduce decrease minimise lower; increase raise boost; transport convey carry move; store keep; record
document register log; company business enterprise firm organisation; business industry; strategy policy; budget
finance; footage image; garment clothing apparel clothes; shoe footwear; child kid; illness disease; medicine drug
medication pharmaceutical; doctor physician; patient client; follow comply adhere observe abide respect; regulation
rule standard; instruction direction; protocol procedure; requirement need; set adjust configure; operate tend run
guard; manufacture production fabricate produce; guide lead direct; discuss negotiate; mix blend; cut slice trim; send
dispatch; online web internet website digital; specialised technical; specify design; environmental ecological green;
sea maritime marine ocean; power energy electricity; error fault defect; privacy protection confidentiality; prune trim
clip; mediate negotiate arbitrate reconcile; remember memorise recall; lecture address speech; audience public
spectator; concentrate focus; period time duration; agronomy agriculture agricultural; ecology ecological environment;
renewable sustainable green; electricity electric electrical; consumption use usage; file document record; digital
electronic computerised; electronic online; collaborate cooperate team; peripheral device equipment; simulate model
imitate; compile gather collect; pollutant pollution contaminant contamination; refine process; disposal dispose
discard remove; rubbish waste garbage refuse; habitat ecosystem; policy regulation legislation; guideline instruction
manual standard; manufacturer producer maker; manufacture industry; construct set erect; replace substitute exchange;
repair mend restore; defective faulty broken damaged; damage harm; hazard danger threat risk; risk peril; safety
security; staff team crew; supervise head lead; chief head leader; talk speech conversation; letter correspondence;
mail post; phone telephone; photograph picture photo image; film movie video; sound audio acoustic; music song; crop
plant; animal livestock; cattle livestock; fish aquaculture; forest wood timber; tree plant; soil ground earth; food
meal nutrition; cook prepare; drink beverage; restaurant catering; hotel accommodation hospitality; tourist visitor
guest; guest customer; shop store retail; price cost rate; payment fee; salary wage pay remuneration; money cash
financial; loan credit; tax duty; contract agreement; deal transaction; meeting conference; exhibition display show;
school education teaching; pupil student learner; teacher instructor trainer educator; course class lesson training;
exam test assessment; skill competence ability; research study investigation; scientific academic; experiment trial;
sample specimen; measure gauge; calculate count; diagram chart drawing; draw sketch; map chart; road street highway;
train rail railway; ship vessel boat; aircraft plane airplane flight; lorry truck; engine motor; tyre tire wheel; pipe
pipeline tube; wire cable; building house construction structure; wall surface; floor ground; door gate; window glass;
furniture cabinet; leather hide skin; fabric textile cloth; thread yarn; metal steel iron; gem stone jewel; wound
injury; injure hurt; hospital clinic healthcare; healthcare medical health; nurse care; therapy treatment; treat
handle; surgery operation; tooth dental; eye visual ophthalmic; heart cardiac; mental psychological; elderly older aged
senior; young youth adolescent; disability handicap impairment; emergency crisis; fire flame; police law; crime offence
criminal; weapon gun firearm; army military; politician political; vote election; journalist press media news; publish
issue; translate interpret; language linguistic; word term vocabulary; text writing; code program; website web; network
internet; database data; backup archive; malware virus; encrypt cipher; password credential; user client; interface
screen; ai artificial; robot robotic automation automated; mine mining; drill bore; oil petroleum; gas fuel; coal
mineral; chemical substance; temperature heat thermal; cold cool refrigerate; light illumination lighting; noise sound;
speed velocity rate; weight load; size dimension; fast quick rapid; efficient effective; goal objective target aim;
result outcome; stage phase step; schedule timetable agenda plan; deadline timescale; task duty activity job; work job
labour; career occupation professional; hire recruit employ; dismiss fire discharge; motivate encourage inspire; praise
reward; complaint grievance; question query enquiry; answer respond reply; request demand; order purchase; deliver
supply; warehouse storage stock inventory; package pack wrap; label tag mark; sign signal; watch observe view; listen
hear; touch feel; taste flavour; smell odour
"""

_IMPLIED = "read=understand written; speak=verbally interact"

_IRREGULAR = """
analysis=analys analyze=analys analyzing=analys analytical=analys analytic=analys analytics=analys maintenance=maintain
sold=sell sale=sell sales=sell men=man women=woman children=child choice=choos chosen=choos people=person
criteria=criterion user=use users=use writing=write wrote=write spoken=speak speech=speak spoke=speak knives=knife
lives=life feet=foot teeth=tooth mice=mouse info=inform bought=buy taught=teach built=build drawn=draw drew=draw
grown=grow grew=grow growth=grow made=make given=give gave=give kept=keep led=lead programme=program programmes=program
legislative=legislat legislation=legislat advice=advis known=know knowledge=know flown=fly flight=fly driven=driv
thought=think sought=seek spent=spend sent=send understood=understand busy=busy planner=plan planners=plan
"""

_SPELLINGS = (
    ("colour", "color"),
    ("labour", "labor"),
    ("behaviour", "behavior"),
    ("centre", "center"),
    ("fibre", "fiber"),
)


def _pairs(text: str) -> dict[str, str]:
    return dict(" ".join(pair.split()).split("=", 1) for pair in text.split(";"))


ENGLISH = Language(
    small=frozenset(_SMALL.split()),
    broad=frozenset(_BROAD.split()),
    phrases=_pairs(_PHRASES),
    alike=tuple([tuple(group.split()) for group in _ALIKE.split(";")]),
    implied={word: tuple(others.split()) for word, others in _pairs(_IMPLIED).items()},
    stemmer="english",
    irregular=dict(pair.split("=") for pair in _IRREGULAR.split()),
    spellings=_SPELLINGS,
)

LANGUAGES = {"en": ENGLISH}
"""The languages by code. The words of all others are compared as they are written."""


def language_of(locale: str) -> Language:
    """Return the language of a locale (`en`, `en-GB`); an empty one where there is none."""
    return LANGUAGES.get(locale.split("-", maxsplit=1)[0].casefold(), Language())
