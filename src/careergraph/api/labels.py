"""Labels: the words that a page is made of beside its sentences."""

from typing import Annotated

import strawberry

from careergraph.api.describe import field, object_type
from careergraph.api.enums import PluralRule
from careergraph.api.traits import traits
from careergraph.api.view import View
from careergraph.engine.labels import labels

Key = Annotated[str, strawberry.argument(description="The key of a label, such as `section.glance`.")]
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
        return self.view.edition.locale.code

    @field
    def plural(self) -> PluralRule:
        """Which counts take the labels whose keys end in `.one`; all others take those that end in `.other`."""
        return self.view.edition.locale.plural

    @field
    @traits(weight=10, size=200)
    def entries(self, group: Group = None) -> list[Label]:
        """Every label, in alphabetical order of the keys."""
        prefix = "" if group is None else f"{group}."
        every = labels(self.view.edition).items()
        return [Label((key, it.source), self.view) for key, it in every if key.startswith(prefix)]

    @field
    def text(self, key: Key) -> str | None:
        """One label; null where there is none of this key."""
        template = labels(self.view.edition).get(key)
        return None if template is None else template.source
