"""FormView: the fields of one form as templates show them: labels, units, sources, rights and differences from live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from careergraph.editorial.access.actor import Scope
from careergraph.engine.content import Catalog
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.locale import DEFAULT_LOCALE, Locale
from careergraph.web.admin.forms.build import SLASH, Node, steps_of
from careergraph.web.admin.forms.definition import CHOSEN, TARGETS, Kind, as_text
from careergraph.web.admin.words import Words

FEW = 100
"""The most documents that a list of choices holds; more are searched for."""
MAIN = ("low", "high", "value", "level", "yes", "choice")
"""The fields of a figure that are the figure itself."""
_SHOWN = ("unit", "currency", "source", "observedOn", "suppressed")
NOTHING: Mapping[str, Any] = MappingProxyType({})
"""The fields of a document that is not at hand."""
GROUPED = 10_000
"""The least number whose thousands are separated: no year is one."""
_TITLES = ("title", "name", "label", "alt")


class LocaleChoice(NamedTuple):
    """A language of texts, and that of the texts that it lacks."""

    code: str
    name: str
    fallback: str | None


class Change(NamedTuple):
    """A difference from what is live, below a field."""

    steps: Sequence[str]
    where: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class FormView:
    """The view of a form, or of none, for names. `locked`: nothing changes. `differences` are from what is live.
    `focus` is the id of the field, or the action of the button, at which somebody goes on."""

    words: Words
    catalog: Catalog
    scope: Scope
    locked: bool = True
    differences: Sequence[Mapping[str, Any]] = ()
    lacking: Mapping[str, int] = field(default_factory=dict)
    focus: str = ""

    @property
    def locales(self) -> list[LocaleChoice]:
        """The languages of texts, the default one first."""
        every = sorted(self.catalog.locales.values(), key=lambda each: (each.code != DEFAULT_LOCALE, each.code))
        return [LocaleChoice(each.code, each.name, _code(each.fallback)) for each in every]

    @property
    def may_other(self) -> bool:
        """Whether fields may be changed that are no text and no figure."""
        return not self.locked and self.scope.whole

    def may_text(self, code: str) -> bool:
        """Return whether texts in a language may be changed."""
        scope = self.scope
        return not self.locked and scope.attributes is None and (scope.locales is None or code in scope.locales)

    def may_value(self, key: str) -> bool:
        """Return whether the figure of an attribute may be changed."""
        scope = self.scope
        return not self.locked and scope.locales is None and (scope.attributes is None or key in scope.attributes)

    def label(self, node: Node) -> str:
        """The label of a field."""
        own = self.words.or_none(f"field.{node.name.replace(SLASH, '.')}")
        return own or self.words.or_name(f"field.{node.field.name}", node.field.name)

    def label_of(self, attribute: Attribute) -> str:
        """The label of an attribute, in the language of the interface or the default one."""
        return _in_language(attribute.label, self.words.language) or attribute.key

    def choice(self, choice: str, node: Node) -> str:
        """The name of one of a closed set; of a level or an option its label."""
        attribute = self.catalog.attributes.get(node.name.split(SLASH)[1]) if node.field.name in MAIN else None
        options = {} if attribute is None else {option.key: option.label for option in attribute.options}
        if choice in options:
            return _in_language(options[choice], self.words.language) or choice
        return self.words.or_name(f"choice.{choice}", choice)

    def hint(self, node: Node) -> str:
        """The note beside the heading of a field: how many items it has."""
        if node.field.kind is Kind.VALUES:
            return self.words("edit.of", n=sum(1 for each in node.nodes if each.value), all=len(node.nodes))
        return self.words.number(len(node.nodes)) if node.field.kind in (Kind.LIST, Kind.MAP) and node.nodes else ""

    def main(self, node: Node) -> list[Node]:
        """The fields of a figure that are the figure itself."""
        return [each for each in node.nodes if each.field.name in MAIN]

    def beside(self, node: Node) -> list[Node]:
        """The fields of a figure that say something, and that neither the figure nor the line of its source shows."""
        return [each for each in node.nodes if each.field.name not in (*MAIN, *_SHOWN) and self.says(each)]

    def unit(self, node: Node) -> str:
        """The unit of a figure."""
        units = [each.value for each in node.nodes if each.field.name in ("currency", "unit") and each.value]
        if node.attribute is not None and node.attribute.scale is not None:
            return self.words("edit.of_scale", n=f"{node.attribute.scale:g}")
        return " ".join(units)

    def source(self, node: Node) -> str:
        """Return where a figure comes from, on one line, and whether readers see it."""
        values = {each.field.name: each.value for each in node.nodes}
        if not values.get("source"):
            return self.words("edit.no_source")
        day = values.get("observedOn")
        when = self.words.day(day) if day else self.words("edit.no_date")
        origin = f"{self.title_of('source', values['source'])}, {when}"
        return f"{origin}: {self.words('edit.suppressed')}" if values.get("suppressed") == "true" else origin

    def origin(self, node: Node) -> str:
        """Return who proposed a link to a skill, and who accepted it; empty where nobody did."""
        proposed, accepted = (node.about.get(name) for name in ("proposedBy", "acceptedBy"))
        if not proposed:
            return ""
        sure = "" if node.about.get("score") is None else f" ({node.about['score']:.0%})"
        if not accepted:
            return self.words("edit.link.open", name=proposed) + sure
        same = accepted == proposed
        return self.words("edit.link.own" if same else "edit.link", name=proposed, accepted=accepted) + sure

    def absent(self, node: Node) -> list[Node]:
        """The figures that nobody knows."""
        return [each for each in node.nodes if not each.value and not self.has_problems(each)]

    def names(self, nodes: Sequence[Node]) -> str:
        """The labels of attributes, in a row."""
        return ", ".join(self.label_of(each.attribute) for each in nodes if each.attribute is not None)

    def has_problems(self, node: Node) -> bool:
        """Return whether a figure has a problem, in any of its fields."""
        return bool(node.problems) or any(each.problems for each in node.nodes)

    def options(self, target: str | None) -> list[tuple[str, str]] | None:
        """The documents that a reference may name, by title; None where there are too many for a list."""
        documents = self._documents(target)
        if len(documents) > FEW or target in ("career", "skill"):
            return None
        return sorted(
            ((slug, _title(each, self.words.language) or slug) for slug, each in documents.items()),
            key=lambda each: each[1].lower(),
        )

    def is_option(self, node: Node) -> bool:
        """Return whether a reference names a document that is live."""
        return node.value in self._documents(node.field.target)

    def title_of(self, target: str | None, slug: str) -> str:
        """The title of a live document, in the language of the interface or the default one; its slug where it is not
        live."""
        document = self._documents(target).get(slug)
        return slug if document is None else _title(document, self.words.language) or slug

    def missing(self, code: str) -> int:
        """Return how many texts a language lacks."""
        return self.lacking.get(code, 0)

    def changes(self, node: Node) -> list[Change]:
        """The differences from live at a field, or below it."""
        place = tuple(node.name.split(SLASH))
        paths = [(steps_of(each["path"]), each) for each in self.differences]
        below = [(steps[len(place) :], each) for steps, each in paths if steps[: len(place)] == place]
        return [Change((*place, *steps), self._names(steps), each["before"], each["after"]) for steps, each in below]

    def is_changed(self, node: Node) -> bool:
        """Return whether a field differs from live."""
        return bool(self.changes(node))

    def field_name(self, place: Sequence[str]) -> str:
        """The name of a field of a document, with the locale or the attribute inside of it."""
        name, *inside = place
        if inside and inside[0] in self.catalog.attributes:
            return self.label_of(self.catalog.attributes[inside[0]])
        return ", ".join([self.words.or_name(f"field.{name}", name), *[self.name_of(each) for each in inside]])

    def path_name(self, path: str) -> str:
        """The name of the field at a path of a difference."""
        return self._names([step for step in steps_of(path) if step != "values"])

    def problem_place(self, problem: Mapping[str, Any], slug: str = "", document: Mapping[str, Any] = NOTHING) -> str:
        """The name of the field of a problem, as the form of the document has it; that of another document has its
        figures by number."""
        own = document if (problem.get("slug") or slug) == slug else NOTHING
        match steps_of(problem["path"]):
            case ("values", place, *inside) if place.isdigit() and int(place) < len(own.get("values", ())):
                return self._names([own["values"][int(place)].get("attribute", place), *inside])
            case steps:
                return self._names(steps)

    def problem_document(self, problem: Mapping[str, Any]) -> str:
        """The title of the document of a problem; its slug where it is of no type of document."""
        kind, slug = problem["type"], problem["slug"]
        return self.title_of(kind.lower(), slug) if kind else slug

    def change_text(self, change: Mapping[str, Any]) -> str:
        """A part of what a revision changed, in words."""
        kind, sides = change["kind"], [change[name] is not None for name in ("before", "after")]
        how = "added" if sides == [False, True] else "removed" if sides == [True, False] else "VALUE"
        slots = {"n": self.words.number(change["count"]), "before": change["before"], "after": change["after"]}
        name = change["label"] or self.path_name(change["path"])
        return self.words(f"history.change.{how if kind == 'VALUE' else kind}", name=name, **slots)

    def _names(self, steps: Sequence[str]) -> str:
        attributes = self.catalog.attributes
        return " · ".join(self.label_of(attributes[step]) if step in attributes else self._step(step) for step in steps)

    def _step(self, step: str) -> str:
        if step.isdigit():
            return str(int(step) + 1)
        return self.name_of(step) if step in self.catalog.locales else self.words.or_name(f"field.{step}", step)

    def name_of(self, code: str) -> str:
        """The name of a language; anything else as it is."""
        locale = self.catalog.locales.get(code)
        return code if locale is None else locale.name

    def value(self, value: Any, place: str | Sequence[str] = ()) -> str:
        """The text of a value at a path, or at the steps of one: that of a reference or a choice is its name."""
        steps = steps_of(place) if isinstance(place, str) else tuple(place)
        if isinstance(value, Mapping):
            parts = [f"{self._step(key)}: {self.value(each, (*steps, key))}" for key, each in value.items()]
            return ", ".join(parts)
        if isinstance(value, list):
            return ", ".join(self.value(each, steps) for each in value)
        if isinstance(value, bool):
            return self.words(f"choice.{str(value).lower()}")
        if isinstance(value, int | float) and abs(value) >= GROUPED and value == int(value):
            return self.words.number(int(value))
        return self._named(value, steps) if isinstance(value, str) else as_text(value)

    def _named(self, value: str, steps: Sequence[str]) -> str:
        """The name of what a value refers to or chooses; any other as it is."""
        name = next((step for step in reversed(steps) if not step.isdigit() and step != "slug"), "")
        if name in TARGETS:
            return self.title_of(TARGETS[name], value)
        if name in CHOSEN:
            return self.words.or_none(f"choice.{value}") or value
        if name in MAIN:
            keys = [step for step in steps if step in self.catalog.attributes]
            options = self.catalog.attributes[keys[-1]].options if keys else ()
            return next(
                (_in_language(option.label, self.words.language) for option in options if option.key == value), value
            )
        return value

    def says(self, node: Node) -> bool:
        """Return whether a field holds anything."""
        return bool(node.value or any(node.texts.values()) or any(self.says(each) for each in node.nodes))

    def read(self, node: Node) -> str:
        """A field of a figure, as it is read."""
        if node.field.kind is Kind.CHOICE:
            return self.choice(node.value, node)
        return self.value(int(node.value)) if node.value.isdigit() else node.value

    def _documents(self, target: str | None) -> Mapping[str, Any]:
        names = {"category": "categories", "career": "careers", "skill": "skills", "source": "sources"}
        names |= {"attribute": "attributes", "locale": "locales", "image": "images", "collection": "collections"}
        documents: Mapping[str, Any] = getattr(self.catalog, names.get(target or "", "careers"))
        return documents


def _code(locale: Locale | None) -> str | None:
    return None if locale is None else locale.code


def _in_language(text: Mapping[str, str], language: str) -> str:
    """A text in a language, or else in the default one."""
    return text.get(language) or text.get(DEFAULT_LOCALE, "")


def _title(document: Any, language: str) -> str:
    for name in _TITLES:
        title = getattr(document, name, None)
        if isinstance(title, Mapping):
            return _in_language(title, language)
        if title:
            return str(title)
    return ""
