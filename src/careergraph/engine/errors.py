"""The refusals a caller can cause: one code each, with hints in `extensions` and never in the message."""

from collections.abc import Mapping
from types import MappingProxyType

from careergraph.engine.described_enum import DescribedEnum


class Code(DescribedEnum):
    """Every code that a request can be refused with."""

    UNKNOWN_CAREER = (
        "UNKNOWN_CAREER",
        "No published career has this slug; `suggestions` lists close ones. Of a comparison, `arguments` lists those "
        "that name no career.",
    )
    UNKNOWN_SKILL = "UNKNOWN_SKILL", "No published skill has this slug; `suggestions` lists close ones."
    UNKNOWN_CATEGORY = "UNKNOWN_CATEGORY", "No published category has this slug; `suggestions` lists close ones."
    UNKNOWN_COLLECTION = "UNKNOWN_COLLECTION", "No published collection has this slug; `suggestions` lists close ones."
    UNKNOWN_ATTRIBUTE = "UNKNOWN_ATTRIBUTE", "No attribute has this key; `suggestions` lists close ones."
    UNKNOWN_LOCALE = (
        "UNKNOWN_LOCALE",
        "The catalog is not written in this locale; `locales` lists those it is written in.",
    )
    UNKNOWN_REGION = (
        "UNKNOWN_REGION",
        "No figure of the catalog was observed in this region; `regions` lists those there are.",
    )
    BAD_COMPARISON_SLUG = (
        "BAD_COMPARISON_SLUG",
        "The slug is not that of a comparison: the slugs of two careers with `-vs-` between them.",
    )
    SAME_CAREER = "SAME_CAREER", "A career was to be compared with itself."
    TOO_FEW = "TOO_FEW", "Fewer items than the field needs; `minimum` says how many it needs."
    TOO_MANY = "TOO_MANY", "More items than the field allows; `maximum` says how many it allows."
    TEXT_TOO_LONG = (
        "TEXT_TOO_LONG",
        "A text that is searched for, or a note, is longer than the field takes; `maximum` says how many characters it "
        "takes.",
    )
    BAD_PAGE = "BAD_PAGE", "`first`, `last`, `after` and `before` do not make sense together, or a count is negative."
    BAD_CURSOR = "BAD_CURSOR", "The cursor was not handed out by this field with this ordering."
    BAD_ID = "BAD_ID", "The id was not handed out by this API."
    BAD_REPRESENTATION = (
        "BAD_REPRESENTATION",
        "A gateway's representation names no entity, or not by one of its keys; `entities` lists the types.",
    )
    BAD_FILTER = (
        "BAD_FILTER",
        "A filter names something that does not exist (`unknown`; `suggestions` lists close ones) or that its "
        "attribute's kind cannot be tested for. `attribute` is the key of the attribute whose test it is.",
    )
    BAD_WEIGHT = (
        "BAD_WEIGHT",
        "A weight is not from `minimum` to `maximum`, or an attribute has two; `index` says which one of the list.",
    )
    BAD_ORDER = (
        "BAD_ORDER",
        "An order names no attribute where it needs one, one where it has no use for it, or one that does not exist "
        "(`unknown`; `suggestions` lists close ones).",
    )
    BAD_DATE = "BAD_DATE", "An instant has no time zone, lies before the first catalog, or lies in the future."
    BAD_VERSION = "BAD_VERSION", "The catalog has no such version, or this server does not have it yet."
    TOO_MANY_INSTANTS = (
        "TOO_MANY_INSTANTS",
        "One operation reads catalogs of more instants and versions of the past than the server builds for one; "
        "`maximum` says how many it does.",
    )


class CodedError(Exception):
    """A request that cannot be answered, and why.

    `message` is safe to show and never repeats stored content; `extensions` holds machine-readable hints.
    """

    def __init__(self, code: Code, message: str, **extensions: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.extensions: Mapping[str, object] = MappingProxyType(extensions)
