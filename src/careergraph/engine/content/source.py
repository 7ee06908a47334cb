"""Sources: the origin of figures and the terms of their use; and ids in the schemes of others."""

from dataclasses import dataclass

from careergraph.engine.described_enum import DescribedEnum


class SourceKind(DescribedEnum):
    """How far a figure is from a measurement."""

    MEASURED = "MEASURED", "Published by the source as it stands."
    DERIVED = "DERIVED", "Computed from a source's figures by a stated rule."
    EDITORIAL = "EDITORIAL", "An editor's judgement."


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where figures come from. `credit` is the line that its licence asks to be shown; `vintage` its edition."""

    slug: str
    title: str
    publisher: str
    kind: SourceKind
    url: str | None = None
    licence: str | None = None
    credit: str | None = None
    vintage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalId:
    """The id of a career or a skill in somebody else's scheme (`onet`, `soc`, `esco`)."""

    scheme: str
    id: str
