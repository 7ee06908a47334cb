"""Statement: a sentence with the facts that prove it."""

from careergraph.api.base.declare import Mirror, attr, child, children, object_type
from careergraph.api.base.enums import Outcome, RangeEnd, Rule
from careergraph.api.types.attribute import Attribute
from careergraph.api.types.content import Career, Skill
from careergraph.api.types.value import Value
from careergraph.engine.text import statement


@object_type(
    statement.Fact,
    "One fact: a career's value of an attribute (or one end of it), its skill, or a count.",
    cacheable=True,
)
class Fact(Mirror):
    career: Career = child("The career it is about.")
    attribute: Attribute | None = child("The attribute of the value; null where the fact is about no value.", share=0.8)
    value: Value | None = child(
        "The career's value; null where the fact is about no value, or where the career has none of the attribute.",
        share=0.8,
    )
    part: RangeEnd | None = attr(
        "The end of a range that the statement is about; null where it is about the whole value."
    )
    skill: Skill | None = child("The skill that the career has; null where the fact is about no skill.", share=0.3)
    counted: int | None = attr(
        "How many of what the statement's rule says the career has; null where the fact counts nothing. With a skill "
        "it is 0: the career does not have it. With a value it is the points that a reader's weights give for it.",
        "count",
        name="count",
    )


@object_type(statement.Statement, "A sentence with everything needed to check it: its rule, its outcome and its facts.")
class Statement(Mirror):
    text: str = attr("The sentence.")
    clause: str | None = attr(
        'The same behind "Choose the career if you", without a full stop; null where it speaks for no reader.',
        lambda of: of.clause or None,
    )
    rule: str = attr("The name of its rule: the meaning of the sentence, and the order of its facts.", "rule.value")
    rule_kind: Rule = attr("`rule` as a member of an enum.", "rule")
    outcome: Outcome | None = attr(
        "The outcome it states: that of its row, or of one end of a range; null where it is about no outcome."
    )
    facts: list[Fact] = children("The facts that prove it.", size=2)
    locale: str = attr("The locale of the sentence: a fallback where the requested locale has no wording.")
