"""External ids: what a career or a skill is called in somebody else's scheme."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalId:
    """The id of a career or a skill in somebody else's scheme (`onet`, `soc`, `esco`)."""

    scheme: str
    id: str
