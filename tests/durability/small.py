"""A small catalog for tests that publish hundreds of times: the seed's figures, and six of its careers."""

from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import Engine

from careergraph.editorial.checks.check import check
from careergraph.store.database.database import transaction
from careergraph.store.documents.documents import (
    CareerDocument,
    CareerSkillPart,
    CategoryDocument,
    CollectionDocument,
    ConceptPart,
    Document,
    Key,
    PairDocument,
    QuestionPart,
    SkillDocument,
)
from careergraph.store.editing.publish import publish
from careergraph.store.migration.schema import METADATA
from truth.seeded import documents as seeded

CAREERS = (
    "accountant",
    "actuary",
    "biostatistician",
    "blockchain-engineer",
    "compliance-officer",
    "computer-programmer",
)
SKILLS = ("alpha", "beta", "gamma")
BUNDLED = CAREERS[:3]
"""The careers in the one collection; the first two of them are a pair too."""


@dataclass(frozen=True)
class Small:
    """The documents, by what a test wants to change of them."""

    documents: tuple[Document, ...] = field(repr=False)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The documents that editors of the tests edit."""
        return tuple((it.TYPE, it.ident) for it in self.documents if isinstance(it, _EDITED))


_EDITED = (CareerDocument, CategoryDocument, SkillDocument, CollectionDocument, PairDocument)


@cache
def small() -> Small:
    """The small catalog; it passes the checks."""
    careers = [_career(it) for it in seeded() if isinstance(it, CareerDocument) and it.slug in CAREERS]
    used = {career.category for career in careers}
    kept = [
        document
        for document in seeded()
        if not isinstance(document, _EDITED) or (isinstance(document, CategoryDocument) and document.slug in used)
    ]
    first, second = BUNDLED[:2]
    question = QuestionPart(question={"en": "Which of them?"}, answer={"en": "Either."})
    documents = (
        *kept,
        *[SkillDocument(slug=slug, name={"en": slug.title()}) for slug in SKILLS],
        *careers,
        CollectionDocument(slug="bundled", title={"en": "Bundled"}, careers=list(BUNDLED)),
        PairDocument(a=first, b=second, introduction={"en": "Two of a kind."}, questions=[question]),
    )
    assert not list(check(documents))
    return Small(documents=documents)


def fill(engine: Engine) -> None:
    """Puts the small catalog, as version 1, in the place of all that a database holds."""
    with transaction(engine) as session:
        for table in reversed(METADATA.sorted_tables):
            session.execute(table.delete())
        publish(session, small().documents, "tests", "the small catalog")


def _career(seed: CareerDocument) -> CareerDocument:
    """A career of the seed whose skills and roadmap refer to the small catalog's skills."""
    number = CAREERS.index(seed.slug)
    concepts = [ConceptPart(skill=SKILLS[number % len(SKILLS)], proposed_by="tests", accepted_by="tests")]
    skills = [
        CareerSkillPart(text=part.text, concepts=concepts if not place else [])
        for place, part in enumerate(seed.skills)
    ]
    fields = {name: getattr(seed, name) for name in seed.__struct_fields__}
    return CareerDocument(**{**fields, "skills": skills, "roadmap": []})
