"""Purging by tags: whatever a publish changes carries a tag that is purged, and most of the rest carries none."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import msgspec
import pytest
from examples.purge import tags

from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.webhooks.message import body
from careergraph.store.database.database import connect
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from editorial.verbs.desk import EDITOR, Desk
from listed import events
from truth.seeded import catalog
from web.client import Client
from web.pages.site import Page

FIRST, SECOND = "accountant", "actuary"
CAREERS = (FIRST, SECOND, "biostatistician", "blockchain-engineer")
PAGES = [f"/compare/{a}-vs-{b}" for a, b in combinations(CAREERS, 2)] + [f"/de/compare/{'-vs-'.join(CAREERS[:3])}"]
Answers = Mapping[str, tuple[bytes, frozenset[str]]]


def queries() -> list[str]:
    """Pages of a site: of careers, of pairs of them, of all skills, categories and collections."""
    content = catalog()
    pages = [
        f'{{ career(slug: "{slug}") {{ title category {{ name }} values {{ display attribute {{ label }} }} '
        "skills { text concepts { name } } collections { title } } }"
        for slug in CAREERS
    ]
    pages += [
        f'{{ comparison(a: "{a}", b: "{b}") {{ title summary {{ text }} '
        "glance { rows { outcome a { display } } } skills { shared { concept { name } } } "
        "editorial { introduction } } }"
        for a, b in combinations(CAREERS, 2)
    ]
    pages += [f'{{ skill(slug: "{slug}") {{ name related {{ name }} }} }}' for slug in list(content.skills)[:8]]
    pages += [f'{{ category(slug: "{slug}") {{ name }} }}' for slug in content.categories]
    pages += [f'{{ collection(slug: "{slug}") {{ title careers {{ title }} }} }}' for slug in content.collections]
    return [*pages, "{ categories { name } }", "{ careers(first: 5) { totalCount } }", "{ catalog { version } }"]


def answers(client: Client) -> Answers:
    """The bytes of each page, and its tags."""
    pages = {}
    for query in queries():
        response = client.get("/graphql", params={"query": query})
        assert response.status_code == 200 and b'"errors"' not in response.content, response.text
        assert response.headers["cache-tag"].split(",") == response.headers["surrogate-key"].split(" ")
        pages[query] = response.content, frozenset(response.headers["surrogate-key"].split(" "))
    for path in PAGES:
        response = client.get(path)
        pages[path] = response.content, frozenset(response.headers["surrogate-key"].split(" "))
        assert response.status_code == 200 and "catalog" not in pages[path][1]
    return pages


@pytest.fixture(scope="module")
def client_and_desk(seeded_file: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An app over a seeded database, and its editors."""
    file = tmp_path_factory.mktemp("purge") / "purge.db"
    file.write_bytes(seeded_file.read_bytes())
    engine = connect(f"sqlite:///{file}")
    config = Config.of(database_url=f"sqlite:///{file}", work=False, poll_seconds=0, show_cost=False, pages=True)
    yield Client(CareerGraph(config).asgi()), Desk(engine)
    engine.dispose()


def _label(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {**body, name: {**body[name], "en": f"{body[name]['en']} (edited)"}}


@pytest.mark.parametrize(
    ("key", "field"),
    [
        (("career", FIRST), "title"),
        (("category", "business-finance"), "name"),
        (("skill", "accounting"), "name"),
        (("collection", "careers-in-data"), "title"),
    ],
    ids=["career", "category", "skill", "collection"],
)
def test_what_an_edit_changes_is_purged(key: tuple[str, str], field: str, client_and_desk: Any) -> None:
    client, desk = client_and_desk
    before = answers(client)
    desk.edit(key, **{field: _label(desk.live(key), field)[field]})
    desk.do(publish, EDITOR, [key])
    _check(before, answers(client), desk)


def test_what_a_pair_a_source_and_an_attribute_change_is_purged(client_and_desk: Any) -> None:
    client, desk = client_and_desk
    before = answers(client)
    pair = {"a": FIRST, "b": SECOND, "introduction": {"en": "Two of a kind."}}
    desk.do(save_draft, EDITOR, "pair", pair, None)
    desk.do(publish, EDITOR, [("pair", f"{FIRST}-vs-{SECOND}")])
    _check(before, middle := answers(client), desk)
    attribute = ("attribute", next(iter(catalog().attributes)))
    desk.edit(attribute, label=_label(desk.live(attribute), "label")["label"])
    desk.do(publish, EDITOR, [attribute])
    _check(middle, answers(client), desk)


def test_pages_of_comparisons_outlive_what_they_have_nothing_to_do_with(client_and_desk: Any) -> None:
    """Nobody shall have half a million pages made anew because one career was published."""
    client, desk = client_and_desk
    before = answers(client)
    plumber = ("career", "plumber")
    desk.edit(plumber, summary=_label(desk.live(plumber), "summary")["summary"])
    desk.do(publish, EDITOR, [plumber])
    purged = set(tags(_last(desk)))
    for path in PAGES:
        assert not before[path][1] & purged
        assert client.get(path).content == before[path][0]


def test_a_page_that_suggests_a_career_is_purged_with_it(client_and_desk: Any) -> None:
    """A career that is only linked may get another title, or go."""
    client, desk = client_and_desk
    was = client.get(PAGES[0])
    addresses = [href.rpartition("/")[2].split("-vs-") for href in Page(was.text).hrefs() if "-vs-" in href]
    slug = next(({*slugs} - {FIRST, SECOND}).pop() for slugs in addresses if len(slugs) == 3)
    desk.edit(("career", slug), title=_label(desk.live(("career", slug)), "title")["title"])
    desk.do(publish, EDITOR, [("career", slug)])
    assert was.content != client.get(PAGES[0]).content
    assert set(was.headers["surrogate-key"].split(" ")) & set(tags(_last(desk)))


def test_what_a_rename_changes_is_purged(client_and_desk: Any) -> None:
    client, desk = client_and_desk
    before = answers(client)
    desk.do(rename, EDITOR, ("category", "business-finance"), "money")
    after = {
        query: (
            client.get(
                query if query in PAGES else "/graphql", params=None if query in PAGES else {"query": query}
            ).content,
            tags,
        )
        for query, (_, tags) in before.items()
    }
    _check(before, after, desk)


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        (("skill", "spreadsheets"), "tables", "name"),
        (("category", "data"), "figures", "name"),
        (("collection", "careers-in-data"), "data-careers", "title"),
        (("career", SECOND), "risk-reckoner", "title"),
    ],
    ids=["skill", "category", "collection", "career"],
)
def test_what_answers_under_an_old_slug_is_purged(
    old: tuple[str, str], new: str, name: str, client_and_desk: Any
) -> None:
    """A redirect names another document than the answer follows from."""
    client, desk = client_and_desk
    desk.do(rename, EDITOR, old, new)
    query = f'{{ {old[0]}(slug: "{old[1]}") {{ slug {name} }} }}'
    was = client.get("/graphql", params={"query": query})
    desk.edit((old[0], new), **{name: _label(desk.live((old[0], new)), name)[name]})
    desk.do(publish, EDITOR, [(old[0], new)])
    assert was.content != client.get("/graphql", params={"query": query}).content
    assert set(was.headers["surrogate-key"].split(" ")) & set(tags(_last(desk)))


def test_what_a_locale_changes_is_purged_where_it_is_asked_for_by_default(client_and_desk: Any) -> None:
    client, desk = client_and_desk
    query = (
        f"""query($l: String = "de") {{ comparison(a: "{CAREERS[2]}", b: "{CAREERS[3]}", locale: $l) {{ title }} }}"""
    )
    was = client.get("/graphql", params={"query": query})
    german = ("locale", "de")
    desk.edit(german, phrases={**desk.live(german)["phrases"], "versus": "gegen"})
    desk.do(publish, EDITOR, [german])
    assert was.content != client.get("/graphql", params={"query": query}).content
    assert set(was.headers["surrogate-key"].split(" ")) & set(tags(_last(desk)))


def _last(desk: Desk) -> Any:
    return msgspec.json.decode(body(desk.look(events)[-1]))


def _check(before: Answers, after: Answers, desk: Desk) -> None:
    """What changed carried one of the tags that are purged, and something did not change and carried none."""
    purged = set(tags(_last(desk)))
    changed = {query for query in before if before[query][0] != after[query][0]}
    forgotten = {query for query, (_, carried) in before.items() if carried & purged}
    assert changed
    assert changed <= forgotten, changed - forgotten
    print(f"{len(changed)} changed, {len(forgotten)} of {len(before)} purged by {sorted(purged)}")
