"""The pages of the reference that follow from code: written here, kept in `docs/reference/`, and compared by a test."""

from collections.abc import Mapping
from itertools import chain

from graphql import GraphQLField, GraphQLList, GraphQLObjectType, get_nullable_type

from careergraph.api.base.codes import EditorCode, GraphQLCode
from careergraph.api.base.declaration import PLAIN, FieldMeta, meta_of
from careergraph.api.base.declare import GENERATED
from careergraph.api.limits import field_costs as costs
from careergraph.api.limits.complexity import SIZES
from careergraph.api.schema import schema
from careergraph.editorial.content.problem import ProblemCode
from careergraph.engine.described_enum import DescribedEnum
from careergraph.engine.errors import Code
from careergraph.engine.text.statement import Rule

COSTS = (
    "An operation is measured before it runs, with its variables as they are coerced, and refused with `TOO_COSTLY` "
    "where it costs more than `max_cost`. One unit is about 20 microseconds of work. "
    f"An operation costs {costs.OPERATION_COST} to begin with. A field of plain values costs {costs.LEAF_COST} and one "
    f"with fields below it {costs.OBJECT_COST}, but for those in the table; what is selected below a list counts as "
    "many times as the list has items: as `first`, `last` or `ids` says, or else as below. Of the types that an item "
    f"may have, the costliest counts. A field of the introspection costs {costs.INTROSPECTION_COST}, a list of it "
    f"{costs.INTROSPECTION_LIST_COST}, and its lists have the sizes that they have in this schema. `asOf`, and each "
    f"instant in ids, costs {costs.PAST_COST} beside its field, an entity that a gateway asks for "
    f"{costs.REPRESENTATION_COST} and a comparison {costs.COMPARISON_COST} more, each word of a text that is searched "
    f"for {costs.WORD_COST}, each weight of a reader {costs.WEIGHT_COST}, a region {costs.REGION_COST}, and each value "
    f"in the variables {costs.VALUE_COST}. An input object there counts as {costs.OBJECT_WEIGHT:g} value more, each "
    f"field that it lacks as {costs.ABSENT_WEIGHT}, and each with a default that it lacks as "
    f"{costs.DEFAULT_WEIGHT:g}. `extensions.cost` of each answer says what was requested and the maximum."
)


def costs_page() -> str:
    """Return the page of costs: of fields with a declared cost, and of lists."""
    rows = [
        f"| `{type_.name}.{name}` | {costs.field_cost(meta.cost, field, introspection=False)} | {_size(field, meta)} |"
        for type_ in sorted(schema._schema.type_map.values(), key=lambda it: it.name)
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
        for name, field in sorted(type_.fields.items())
        if (meta := meta_of(field)).cost != PLAIN.cost or isinstance(get_nullable_type(field.type), GraphQLList)
    ]
    head = ("| field | units | items below it |", "|---|---|---|")
    return "\n".join(["# Costs", GENERATED, "", COSTS, "", *head, *rows]) + "\n"


def _size(field: GraphQLField, meta: FieldMeta) -> str:
    if any(it in field.args for it in SIZES):
        return "as asked for"
    return str(meta.size) if isinstance(get_nullable_type(field.type), GraphQLList) else "1"


def pages(*more: type[DescribedEnum]) -> Mapping[str, str]:
    """Return every generated page, by its file name in `docs/reference/`. `more` are the codes of layers above."""
    return {
        "costs.md": costs_page(),
        "errors.md": _page(
            "Error codes",
            "Every entry of `errors` in an answer has one of these codes in `extensions.code`, and what else is named "
            "here beside it in `extensions`. A root field that cannot be answered is null, with one error; the rest of "
            "the answer stands. Messages never repeat stored content, nor more of the query than names.",
            Code,
            GraphQLCode,
            *more,
            EditorCode,
        ),
        "problems.md": _page(
            "Problems of content",
            "What `careergraph check` and `careergraph load` report, and each of the `problems` of a `Rejected`, has "
            "one of these codes. Nothing was changed then.",
            ProblemCode,
        ),
        "rules.md": _page(
            "Rules of statements",
            "A statement names its rule in `rule`. With `outcome` and `facts`, which stand in the order given here, a "
            "program can check the sentence without reading it.",
            Rule,
        ),
    }


def _page(title: str, introduction: str, *enums: type[DescribedEnum]) -> str:
    """Return a page with the description of each member by its value; of a value that comes again, the first one."""
    table: dict[str, str] = {}
    for member in chain(*enums):
        table.setdefault(member.value, member.description)
    rows = [f"| `{name}` | {text} |" for name, text in table.items()]
    head = ("| name | what it means |", "|---|---|")
    return "\n".join([f"# {title}", GENERATED, "", introduction, "", *head, *rows]) + "\n"
