"""Trusted documents: what ships fits the schema and the limits, and is answered as it is over HTTP."""

import json
from dataclasses import replace
from itertools import pairwise

import msgspec
import pytest
from graphql import (
    FieldNode,
    GraphQLObjectType,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_operation_ast,
    parse,
    print_ast,
    validate,
    visit,
)

from api.asking import RULES, SEEDED, answer
from careergraph import CareerGraph
from careergraph.api.base.context import MediaLinks
from careergraph.api.changes.page_documents import (
    CAREER,
    COMPARISON,
    NAMES,
    SKILL,
    DocumentProblem,
    PageDocument,
    text_of,
    trusted,
)
from careergraph.api.limits.check_limits import check_cost, check_limits
from careergraph.api.limits.limits import Limits
from careergraph.api.schema import schema
from careergraph.engine.content.image import Image, ImageFile
from careergraph.web.core.config import Config
from truth.seeded import catalog
from web.client import Client

CORE = schema._schema
PAIR = {"a": "actuary", "b": "accountant"}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_fits_the_schema_and_the_default_limits(name: str) -> None:
    """A front end sends it as it is to a server as it comes."""
    text = text_of(name)
    assert len(text) <= Config().limits.max_query_chars
    document = parse(
        text, max_lexical_tokens=Config().limits.max_query_tokens, max_comments=Config().limits.max_query_tokens
    )
    assert validate(CORE, document, RULES) == []
    operation = get_operation_ast(document, None)
    assert operation is not None
    check_cost(check_limits(CORE, document, operation, Limits()).cost, Limits())


class Selections(Visitor):
    """The names of the fields that each selection of a type selects, where it spreads no fragment."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types, self.selected = types, list[tuple[GraphQLObjectType, set[str]]]()

    def enter_selection_set(self, node: SelectionSetNode, *_: object) -> None:
        """Add the selection."""
        parent = self.types.get_parent_type()
        if isinstance(parent, GraphQLObjectType) and all(isinstance(it, FieldNode) for it in node.selections):
            self.selected.append((parent, {it.name.value for it in node.selections if isinstance(it, FieldNode)}))


@pytest.mark.parametrize("name", NAMES)
def test_a_client_cache_can_store_each_answer(name: str) -> None:
    """Each object that has an id is asked for it, and each source for its licence and credit."""
    types = TypeInfo(CORE)
    selections = Selections(types)
    visit(parse(text_of(name)), TypeInfoVisitor(types, selections))
    assert selections.selected
    for type_, names in selections.selected:
        assert "id" in names or "id" not in type_.fields, type_.name
        assert type_.name != "Source" or {"licence", "credit"} <= names


def test_ten_pages_fit_into_one_request(sqlite_url: str) -> None:
    """A front end that builds pages need not ask for each alone: ten pairs, each with all that its page shows, are one
    request within the default limits, and are answered as each is alone."""
    pairs = [(a, b) for a, b in pairwise(sorted(SEEDED.catalog.careers))][:10]
    document = parse(text_of(COMPARISON))
    operation = get_operation_ast(document, None)
    assert operation is not None and len(pairs) == 10
    [page] = operation.selection_set.selections
    assert isinstance(page, FieldNode) and page.selection_set is not None
    selected, fragments = print_ast(page.selection_set), [print_ast(it) for it in document.definitions[1:]]
    pages = " ".join(
        f'p{n}: comparison(a: "{a}", b: "{b}", locale: $locale) {{ ...Page }}' for n, (a, b) in enumerate(pairs)
    )
    text = "\n".join(
        [f"query Pages($locale: String) {{ {pages} }}", f"fragment Page on Comparison {selected}", *fragments]
    )
    client = Client(CareerGraph(Config(database_url=sqlite_url, work=False)).asgi())
    answered = client.ask(text, variables={"locale": "en"})
    assert "errors" not in answered
    alone = [answer(text_of(COMPARISON), SEEDED, a=a, b=b, locale="en")["comparison"] for a, b in pairs]
    assert list(answered["data"].values()) == alone
    assert answered["extensions"]["cost"]["requested"] <= Config().limits.max_cost == 5000


@pytest.mark.parametrize(("name", "of"), [(COMPARISON, PAIR), (CAREER, {"slug": "actuary"}), (SKILL, {"slug": "sql"})])
def test_a_plan_answers_what_is_answered_over_http(name: str, of: dict[str, str]) -> None:
    for locale in ("en", "de", None):
        response = trusted(CORE, name).answer(catalog(), lambda _: catalog(), **of, locale=locale)
        assert json.loads(response) == {"data": answer(text_of(name), SEEDED, **of, locale=locale)}


def test_what_no_plan_covers_is_answered_all_the_same() -> None:
    document = PageDocument(
        CORE,
        "query($a: String!, $b: String!) { comparison(a: $a, b: $b) { slug } __schema { queryType { name } } }",
    )
    response = msgspec.json.decode(document.answer(catalog(), lambda _: catalog(), **PAIR))
    assert response["data"]["__schema"] == {"queryType": {"name": "Query"}}
    assert document.variables == {"a", "b"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "line 1: "),
        ("{\n  nonsense\n}", "line 2: "),
        ("query($a: String!, $more: Int!) { career(slug: $a) { compareWith(first: $more) { slug } } }", ""),
    ],
)
def test_what_is_wrong_with_a_document_is_said(text: str, message: str) -> None:
    with pytest.raises(DocumentProblem, match=f"^{message}"):
        PageDocument(CORE, text).answer(catalog(), lambda _: catalog(), **PAIR)


def test_addresses_of_images_begin_where_they_are_served() -> None:
    """An export is read somewhere else than below the server."""
    file = ImageFile(sha256="a" * 64, media_type="image/png", width=100, height=50)
    image = Image(slug="desk", alt={"en": "A desk"}, file=file)
    actuary = replace(catalog().careers["actuary"], image=image)
    pictured = replace(catalog(), careers={**catalog().careers, "actuary": actuary})
    text = 'query { career(slug: "actuary") { image { url } } }'
    document = PageDocument(CORE, text, MediaLinks("https://cdn.example/media"))
    response = msgspec.json.decode(document.answer(pictured, lambda _: pictured))
    assert response["data"]["career"]["image"]["url"] == f"https://cdn.example/media/{'a' * 64}.png"
