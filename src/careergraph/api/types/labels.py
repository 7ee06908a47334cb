"""Labels: the words that a page is made of beside its sentences."""

from typing import Annotated

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.view import View
from careergraph.engine.content.plural import SHORT
from careergraph.engine.text.labels import counted_template, labels

Key = Annotated[str, strawberry.argument(description="The key of a label, such as `section.glance`.")]
Count = Annotated[int | None, strawberry.argument(description="How many there are of what the label counts.")]
Group = Annotated[
    str | None, strawberry.argument(description="Only labels whose keys begin with this group, such as `outcome`.")
]


@object_type
class Label:
    """One label: a heading, a button, the name of an outcome, a sentence for an empty list."""

    of: strawberry.Private[tuple[str, str]]
    view: strawberry.Private[View]

    @field
    def key(self) -> str:
        """What it is called; the same in every locale."""
        return self.of[0]

    @field
    def text(self) -> str:
        """How it reads. A slot such as `{career}` is for the page to fill."""
        return self.of[1]


@object_type
class Labels:
    """The words that a page is made of beside its sentences, in one locale; content, like all other words."""

    of: strawberry.Private[View]
    view: strawberry.Private[View]

    @field
    def locale(self) -> str:
        """The locale that was asked for. A label that it lacks is in the first of its fallbacks that words it."""
        return self.view.localized.locale.code

    @field
    def plural(self) -> str:
        """Which counts take the labels whose keys end in `.one`, `.few` ...: the rules of CLDR, such as `one: i = 1 and
        v = 0`. All others take those that end in `.other`."""
        rules = self.view.localized.locale.plural.source
        return SHORT.get(rules, rules)

    @field
    @traits(weight=10, size=200)
    def entries(self, group: Group = None) -> list[Label]:
        """Every label, in alphabetical order of the keys."""
        prefix = "" if group is None else f"{group}."
        every = labels(self.view.localized).items()
        return [Label((key, it.source), self.view) for key, it in every if key.startswith(prefix)]

    @field
    def text(self, key: Key, count: Count = None) -> str | None:
        """One label; null where there is none of this key. With a count, the plural form for it of a label that counts
        (`count.careers`), with the count in its slot `{n}`."""
        if count is None:
            template = labels(self.view.localized).get(key)
            return None if template is None else template.source
        worded = counted_template(self.view.localized, key, count)
        return None if worded is None else worded[0].source.replace("{n}", worded[1].count(count))
