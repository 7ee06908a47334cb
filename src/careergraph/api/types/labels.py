"""Labels: the words of a page beside its sentences."""

from typing import Annotated, NamedTuple

from careergraph.api.base.declare import Mirror, argument, attr, children, object_type
from careergraph.api.base.view import View
from careergraph.engine.content.plural import SHORT
from careergraph.engine.text.labels import counted_template, labels

Key = Annotated[str, argument("The key of a label, such as `section.glance`.")]
Count = Annotated[int | None, argument("The number that the label is about.")]
Group = Annotated[str | None, argument("Only labels whose keys begin with this group, such as `outcome`.")]


class Entry(NamedTuple):
    """A label and its key."""

    key: str
    text: str


def label_entries(view: View, group: Group = None) -> list[Entry]:
    """Return the labels of a group, or all of them, by key."""
    prefix = "" if group is None else f"{group}."
    return [Entry(key, it.source) for key, it in labels(view.localized).items() if key.startswith(prefix)]


def label_text(view: View, key: Key, count: Count = None) -> str | None:
    """Return one label, in the plural form of a count where there is one; None for an unknown key."""
    if count is None:
        template = labels(view.localized).get(key)
        return None if template is None else template.source
    worded = counted_template(view.localized, key, count)
    return None if worded is None else worded[0].source.replace("{n}", worded[1].count(count))


def plural_rules(view: View) -> str:
    """Return the plural rules of the locale, as CLDR writes them."""
    rules = view.localized.locale.plural.source
    return SHORT.get(rules, rules)


@object_type(Entry, "One label: a heading, a button, the name of an outcome, a sentence for an empty list.")
class Label(Mirror):
    key: str = attr("The key of the label; the same in every locale.")
    text: str = attr("The text of the label. A slot such as `{career}` is for the page to fill.")


@object_type(View, "The words of a page beside its sentences, in one locale; content, like all other words.")
class Labels(Mirror):
    locale: str = attr(
        "The locale that was requested. A label that it lacks is in the first of its fallbacks that has it.",
        "view.localized.locale.code",
    )
    plural: str = attr(
        "The counts that take the labels whose keys end in `.one`, `.few` ...: the rules of CLDR, such as `one: i = 1 "
        "and v = 0`. All others take those that end in `.other`.",
        plural_rules,
    )
    entries: list[Label] = children("Every label, in alphabetical order of the keys.", label_entries, cost=10, size=200)
    text: str | None = attr(
        "One label; null where none has this key. With a count, the plural form for it of a label that counts "
        "(`count.careers`), with the count in its slot `{n}`.",
        label_text,
    )
