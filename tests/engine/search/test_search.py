"""Search: the name that was typed comes first, also in the other number or with a letter wrong."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.component import Component
from careergraph.engine.content.locale import Locale, Template
from careergraph.engine.content.neighbour import Neighbour, Shared
from careergraph.engine.search.neighbour_support import HIGHEST, NONE, Match, ranked
from careergraph.engine.search.search import index_of, search
from careergraph.engine.search.spelling import Spelling, numbers, root, singular
from careergraph.engine.search.vocabulary import MINOR, SENSES
from careergraph.engine.text.localized_catalog import localize
from truth.seeded import catalog


def careers(text: str, locale: str = "en") -> list[str]:
    hits = search(localize(catalog(), locale), text, 100)
    return [hit.item.slug for hit in hits if isinstance(hit.item, Career)]


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_title_of_each_career_finds_it_first(locale: str) -> None:
    localized = localize(catalog(), locale)
    for career in catalog().careers.values():
        assert careers(localized.read(career.title), locale)[0] == career.slug


def test_the_plural_of_each_title_finds_it_first() -> None:
    for career in catalog().careers.values():
        title = career.title["en"]
        plural = title[:-1] + "ies" if title.endswith("y") else title.removesuffix("s") + "s"
        assert careers(plural)[0] == career.slug, plural


def test_a_title_with_a_letter_wrong_finds_it_first() -> None:
    """Letters left out, doubled and swapped, in the last word of each title of two words or fewer."""
    for career in catalog().careers.values():
        title = career.title["en"]
        if len(title.split()) < 3 and len(title.split()[-1]) > 6:
            for wrong in (
                title[:-3] + title[-2:],
                title[:-3] + title[-4] + title[-3:],
                title[:-3] + title[-2] + title[-3] + title[-1],
            ):
                assert careers(wrong)[0] == career.slug, wrong


def test_a_misspelled_word_is_of_no_family_by_its_ending() -> None:
    """`Enginer` has the root of `engines`, and is as near to it as to `engineer`, which is more common."""
    titles = [hit.matched for hit in search(localize(catalog()), "enginer", 100)]
    engines = next(place for place, title in enumerate(titles) if title == "Decision engines")
    assert engines >= sum(title.endswith(" Engineer") for title in titles) > 3
    assert careers("accounter")[0] == "accountant"


def test_the_shorter_of_two_names_that_hold_the_query_comes_first() -> None:
    slugs = careers("engineer")
    titles = [catalog().careers[slug].title["en"] for slug in slugs]
    holding = [len(it.split()) for it in titles if "Engineer" in it.split()]
    assert holding == sorted(holding) and len(set(holding)) > 1


@pytest.mark.parametrize(("text", "slug"), [
    ("lorry driver", "driver"), ("photography", "photographer"), ("roof", "roofer"), ("kids doctor", "pediatrician"),
    ("elevators", "elevator-installer"), ("hydrologist", "hydrologist"), ("drvier", "driver"),
])  # fmt: skip
def test_everyday_words_find_what_people_mean(text: str, slug: str) -> None:
    """By sense, by family, in the other number, misspelled; and not by what a title excepts."""
    assert _first(text) == slug


def test_a_name_that_says_what_a_career_is_not_is_found_by_itself() -> None:
    assert _first("Geoscientists, Except Hydrologists") == "geoscientist"


def test_neighbours_of_the_best_come_before_others_that_match_as_well() -> None:
    """But not before a title that is the query, and titles with all words stay in their order."""
    near = {"nurse": (_neighbour("midwife", 1.0),), "exact": (_neighbour("longer", 1.0),)}
    scores = {"exact": 0.99, "nurse": 0.9, "shorter": 0.6, "longer": 0.59, "baker": 0.5, "midwife": 0.5}
    titled = ("exact", "shorter", "longer")
    ranks = ranked([Match(-score, (0, slug), NONE, slug in titled) for slug, score in scores.items()], near)
    slugs = [it.key[1] for it in ranks]
    assert slugs[0] == "exact" and slugs.index("midwife") < slugs.index("baker")
    assert [slug for slug in slugs if slug in titled] == list(titled)
    assert ranks[0].minus == -0.99 and all(-it.minus <= HIGHEST for it in ranks[1:])


def _neighbour(slug: str, score: float) -> Neighbour:
    shared = Shared(Component.TASKS, "care"), Shared(Component.TASKS, "treat")
    return Neighbour(slug, score, (), shared)


def test_a_word_of_several_senses_counts_those_the_less_the_more_common_they_are() -> None:
    assert _first("kids physician") == "pediatrician"


def test_one_name_with_all_words_comes_before_words_in_many() -> None:
    assert _first("truck driver helper") == "helper"


def test_of_equals_the_one_with_the_shorter_title_comes_first_and_then_the_one_with_more_names() -> None:
    """A misspelled word stands in the titles of both, which are as long as each other."""
    names = {"air": ("Aerial Engineers", ["Engineer"]), "land": ("Mine Engineers", ["Engineer", "Pit Engineer"])}
    assert _first("enginere", names) == "land"
    longer = {"bridge": ("Great Bridge Engineers", ["Engineer"]), **names}
    assert _first("enginere", longer) == "land"


def test_the_career_that_is_called_so_in_many_more_ways_comes_first() -> None:
    """Though its title is longer: that is how a source tells what people mean by a common word."""
    ways = [f"Truck Driver of Load {load}" for load in range(60)]
    few = {"light": ("Light Truck Drivers", ["Van Driver"]), "heavy": ("Heavy and Tractor Trailer Truck Drivers", [])}
    assert _first("truck driver", few) == "light"
    assert _first("truck driver", {**few, "heavy": (few["heavy"][0], ways)}) == "heavy"


def test_each_word_of_one_sense_counts() -> None:
    """A career that has two words for what was asked comes before one that has one of them in a shorter title."""
    names = {"driver": ("Truck Helpers", ["Loader"]), "hauler": ("Truck Haulers by Land", ["Lorry", "Lorry Crew"])}
    assert _first("lorry", names) == "hauler"


def test_a_word_that_says_little_counts_little() -> None:
    """Few careers have `guy` in a name: by rarity alone it would count most."""
    names = {
        "rigger": ("Guy Wire Riggers", ["Guy Man"]),
        "hvac": ("Air Conditioning Installers", []),
        "coach": ("Conditioning Coaches", []),
        "stylist": ("Hair Conditioning Stylists", []),
    }
    assert _first("conditioning guy", names) == "coach"
    assert _first("guy", names) == "rigger"


def test_words_of_one_sense_are_read_as_a_query_is() -> None:
    """A German list has capitals and umlauts, which no word of an index has."""
    assert careers("Jurist", "de")[0] == careers("Rechtsanwalt", "de")[0]


def test_indexes_of_locales_share_what_is_the_same() -> None:
    english, german = (index_of(localize(catalog(), code)) for code in ("en", "de"))
    shared = [word for word in english.postings if german.postings.get(word) is english.postings[word]]
    assert shared and all(german.postings[it] == english.postings[it] for it in shared)
    same = [word for word in english.postings if german.postings.get(word) == english.postings[word]]
    assert shared == same


WHEN = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = {
    "driver": ("Heavy Truck Drivers", ["Truck Driver"]),
    "helper": ("Loaders", ["Truck Driver Helper"]),
    "dispatcher": ("Dispatchers", ["Truck Dispatcher", "Driver Supervisor", "Helper Supervisor"]),
    "photographer": ("Photographers", []),
    "roofer": ("Roofers", ["Shingler"]),
    "pediatrician": ("Pediatricians", ["Pediatric Physician"]),
    "physician": ("Family Physicians", []),
    "elevator-installer": ("Elevator Installers", []),
    "geoscientist": ("Geoscientists, Except Hydrologists", []),
    "hydrologist": ("Water Scientists", ["Hydrologist Specialist of Water"]),
}


def _first(text: str, names: dict[str, tuple[str, list[str]]] = NAMES) -> str:
    phrases = {SENSES: Template("doctor physician, kid pediatric, lorry truck"), MINOR: Template("man, guy")}
    english = Locale(code="en", name="English", phrases=phrases)
    one = next(iter(catalog().careers.values()))
    entries = [
        replace(one, slug=slug, title={"en": title}, aliases={"en": tuple(aliases)}, summary={}, skills=())
        for slug, (title, aliases) in names.items()
    ]
    small = Catalog.of(version=1, published_at=WHEN, careers=entries, locales=[english])
    hit = search(localize(small, "en"), text, 1)[0]
    assert isinstance(hit.item, Career)
    return hit.item.slug


@pytest.mark.parametrize("words", [
    "photographer photographers photography photographic", "account accountant accounting", "clean cleaner cleaning",
    "biology biologist", "statistics statistician statistical", "chemist chemistry chemical", "nurse nurses nursing",
])  # fmt: skip
def test_words_of_one_family_have_one_root(words: str) -> None:
    assert len({root(word) for word in words.split()}) == 1


def test_an_engineer_is_no_engine() -> None:
    assert root("engineers") == root("engineer") != root("engine")


@pytest.mark.parametrize(("word", "one"), [
    ("electricians", "electrician"), ("nurses", "nurse"), ("secretaries", "secretary"), ("bosses", "boss"),
    ("teeth", "tooth"), ("boss", "boss"), ("coaches", "coach"),
    ("analysis", "analysis"), ("firemen", "fireman"), ("boxes", "box"),
])  # fmt: skip
def test_plurals_are_folded_by_their_endings(word: str, one: str) -> None:
    assert singular(word) == one


def test_a_word_is_looked_for_in_both_numbers() -> None:
    assert numbers("secretaries") == ["secretaries", "secretary", "secretarie"]
    assert numbers("nurses") == ["nurses", "nurse"] and numbers("nurse") == ["nurse"]


@pytest.mark.parametrize(("word", "other", "count"), [
    ("", "abc", 3), ("abc", "abc", 0), ("enginere", "engineer", 1), ("electrican", "electrician", 1),
    ("kitten", "sitting", 3), ("banana", "ananab", 2), ("ab", "ba", 1), ("manager", "managre", 1), ("aa", "aaaa", 2),
])  # fmt: skip
def test_edits_are_counted_as_people_mistype(word: str, other: str, count: int) -> None:
    assert Spelling(word).edits(other) == Spelling(other).edits(word) == count
