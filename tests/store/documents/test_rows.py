"""Documents into rows and back."""

from collections.abc import Iterator

import msgspec
import pytest
from sqlalchemy import Engine, event

from careergraph.store.database.database import DatabaseProblem, reading, transaction
from careergraph.store.documents.documents import (
    CareerDocument,
    CareerSkillPart,
    ConceptPart,
    Document,
    ExternalIdPart,
    ImageDocument,
    LocaleDocument,
    ProfilePart,
    RelationPart,
    ResourcePart,
    SkillDocument,
    StagePart,
    ValuePart,
)
from careergraph.store.documents.pictures import FilePart, FocalPointPart, ImagePart
from careergraph.store.documents.rows import read, read_all, referring, remove, write
from careergraph.store.documents.rows.write import FIELDS, PARTS
from careergraph.store.migration.schema import METADATA
from truth.seeded import documents


def keyed(read_documents: tuple[Document, ...]) -> dict[tuple[str, str], Document]:
    return {(document.TYPE, document.ident): document for document in read_documents}


def live(engine: Engine) -> dict[tuple[str, str], Document]:
    with reading(engine) as session:
        return keyed(read_all(session))


FULL = CareerDocument(
    slug="full",
    title={"de": "Voll", "en": "Full"},
    summary={"en": 'Quotes " and \\ and \n ends, and \U0001f600.'},
    category="ai-engineering",
    aliases={"en": ["b", "a"]},
    values=[
        ValuePart(
            attribute="salary", source="comparison-page", high=1.5, currency="USD", period="YEAR", basis="POSTED"
        ),
        ValuePart(attribute="requires-coding", source="comparison-page", yes=False, region="US", published_for="1"),
        ValuePart(attribute="demand-score", source="comparison-page", value=0.0, interval=[0.1, 9.0], unit="points"),
    ],
    regional_values=[
        ValuePart(attribute="demand-score", source="comparison-page", value=1.0, unit="points", region="US"),
        ValuePart(attribute="requires-coding", source="comparison-page", yes=True, region="DE", suppressed=True),
        ValuePart(attribute="requires-coding", source="comparison-page", yes=True, region="AT", published_for="1"),
    ],
    profile=ProfilePart(
        source="comparison-page",
        tasks=["Do it.", "Do it."],
        activities=["Doing", "Doing"],
        knowledge={"B": 2.5, "A": 0.5},
    ),
    relations=[
        RelationPart(source="comparison-page", scheme="x", ids=["2", "1"]),
        RelationPart(source="comparison-page", scheme="a", ids=["1"]),
    ],
    skills=[
        CareerSkillPart(text={"en": "Second"}),
        CareerSkillPart(
            text={"en": "First"},
            concepts=[
                ConceptPart(skill="vector-search", proposed_by="x", method="MODEL", score=0.75, model="m 1"),
                ConceptPart(skill="embeddings", proposed_by="x", accepted_by="y"),
            ],
        ),
    ],
    roadmap=[
        StagePart(title={"en": "One"}, skills=["embeddings", "benchmarking"], months=3),
        StagePart(title={"en": "Two"}, resources=[ResourcePart(title={"en": "R"}, url="https://example.org/r")]),
    ],
    image=ImagePart(url="https://example.org/i", alt={"en": "An image"}, credit="Somebody"),
    external_ids=[ExternalIdPart(scheme="z", id="2"), ExternalIdPart(scheme="a", id="1")],
)


def test_the_seed_reads_back_as_its_files_say(engine: Engine) -> None:
    assert live(engine) == keyed(documents())


def test_every_field_of_a_career_survives(engine: Engine) -> None:
    with transaction(engine) as session:
        write(session, [FULL])
    career = live(engine)["career", "full"]
    assert career == FULL
    assert msgspec.json.encode(career) == msgspec.json.encode(FULL)
    assert msgspec.json.decode(msgspec.json.encode(FULL), type=CareerDocument) == FULL


def test_an_image_and_the_career_that_shows_it(engine: Engine) -> None:
    file = FilePart(sha256="a" * 64, media_type="image/png", width=900, height=600, bytes=1)
    point = FocalPointPart(x=0.5, y=1)
    image = ImageDocument(slug="at-work", alt={"en": "At work"}, file=file, credit="Ann", focal_point=point)
    bare = ImageDocument(slug="bare", alt={"en": "Bare"})
    career = msgspec.structs.replace(FULL, image=ImagePart(slug="at-work"))
    with transaction(engine) as session:
        write(session, [career, image, bare])
        assert referring(session, [("image", "at-work")]) == {("career", "full")}
    stored = live(engine)
    assert [stored[key] for key in (("image", "at-work"), ("image", "bare"), ("career", "full"))] == [
        image,
        bare,
        career,
    ]
    with pytest.raises(DatabaseProblem), transaction(engine) as session:
        remove(session, [("image", "at-work")])
    with transaction(engine) as session:
        write(session, [FULL])
        remove(session, [("image", "at-work")])
    assert live(engine)["career", "full"] == FULL


def test_documents_are_replaced_whole(engine: Engine) -> None:
    bare = CareerDocument(slug="full", title={"en": "Bare"}, summary={"en": "."}, category="design-media")
    bare = msgspec.structs.replace(bare, category="ai-engineering")
    before = live(engine)
    with transaction(engine) as session:
        write(session, [FULL])
        write(session, [bare])
    assert live(engine) == before | {("career", "full"): bare}


def test_only_rows_that_differ_are_written(engine: Engine) -> None:
    """Each field goes and comes back alone. Were one of another table than `FIELDS` says, it would stay as it was."""
    plain = CareerDocument(slug="full", title=FULL.title, summary=FULL.summary, category=FULL.category)
    key, statements = ("career", "full"), []
    with transaction(engine) as session:
        write(session, [FULL])
        event.listen(session.connection(), "before_cursor_execute", lambda *cursor: statements.append(cursor[2]))
        for name in sorted({name for model in PARTS["career"] for name in FIELDS[model]}):
            less = msgspec.structs.replace(FULL, **{name: getattr(plain, name)})
            for before, after in ((FULL, less), (less, FULL)):
                write(session, [after], {key: before})
                assert read(session, [key]) == (after,), name
        statements.clear()
        write(session, [msgspec.structs.replace(FULL, title={"en": "Other"})], {key: FULL})
    assert [it for it in statements if not it.startswith("SELECT")] == [it for it in statements if "UPDATE" in it]


def test_skills_may_refer_to_each_other_in_any_order(engine: Engine) -> None:
    a = SkillDocument(slug="new-a", name={"en": "A"}, related=["new-b"], broader=["embeddings", "benchmarking"])
    b = SkillDocument(slug="new-b", name={"en": "B"}, related=["new-a"], aliases={"en": ["bee"]}, family={"en": "F"})
    with transaction(engine) as session:
        write(session, [a, b])
    stored = live(engine)
    assert (stored["skill", "new-a"], stored["skill", "new-b"]) == (a, b)
    with transaction(engine) as session:
        remove(session, [("skill", "new-a"), ("skill", "new-b")])
    assert live(engine) == keyed(documents())


def test_locales_may_come_before_their_fallback(engine: Engine) -> None:
    french = LocaleDocument(code="fr", name="Français", fallback="it")
    italian = LocaleDocument(code="it", name="Italiano", fallback="en", money={"EUR": "{n} €"})
    with transaction(engine) as session:
        write(session, [french, italian])
    stored = live(engine)
    assert (stored["locale", "fr"], stored["locale", "it"]) == (french, italian)


def test_what_is_referred_to_cannot_be_removed(engine: Engine) -> None:
    before = live(engine)
    with pytest.raises(DatabaseProblem), transaction(engine) as session:
        remove(session, [("skill", "prompt-engineering")])
    assert live(engine) == before


def test_a_reference_to_nothing_is_refused(engine: Engine) -> None:
    before = live(engine)
    stray = msgspec.structs.replace(FULL, category="no-such-category")
    with pytest.raises(KeyError), transaction(engine) as session:
        write(session, [stray])
    assert live(engine) == before


def test_some_documents_are_read_by_key(engine: Engine) -> None:
    keys = [("career", "ai-model-routing-engineer"), ("locale", "de"), ("skill", "embeddings"), ("career", "nobody")]
    with reading(engine) as session:
        by_key = keyed(read(session, keys))
    assert by_key == {key: document for key, document in keyed(documents()).items() if key in keys}


@pytest.fixture
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements that were sent to the database."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_reading_costs_one_select_a_table(engine: Engine, statements: list[str]) -> None:
    with reading(engine) as session:
        read_all(session)
    selects = [it for it in statements if it.startswith("SELECT")]
    assert len(selects) == len(set(selects)) < 2 * len(METADATA.tables)
