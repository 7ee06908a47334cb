"""Checks of an attribute: its fields fit its kind, its levels are distinct, its phrases exist."""

import re
from collections.abc import Iterator, Mapping

from careergraph.editorial.checks import form, phrase
from careergraph.editorial.content.document_index import DocumentIndex, quoted
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.engine.content.attribute import Better, TransitionRole, ValueKind
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.text.phrases import attribute_phrases
from careergraph.store.documents.documents import AttributeDocument, OptionPart

_OPTION = re.compile(r"[A-Za-z0-9]+([-_][A-Za-z0-9]+)*")
_OPTIONED = (ValueKind.LEVEL, ValueKind.CHOICE)
_ROLE_KINDS: Mapping[TransitionRole, tuple[ValueKind, ...]] = {
    TransitionRole.LEARNING_MONTHS: (ValueKind.NUMBER,),
    TransitionRole.ENTRY_BARRIER: (ValueKind.LEVEL, ValueKind.NUMBER),
    TransitionRole.DIFFICULTY: (ValueKind.LEVEL, ValueKind.NUMBER),
    TransitionRole.EDUCATION: (ValueKind.LEVEL, ValueKind.CHOICE),
    TransitionRole.PREPARATION: (ValueKind.LEVEL, ValueKind.CHOICE),
    TransitionRole.TRAINING: (ValueKind.LEVEL, ValueKind.CHOICE),
}


def check_attribute(attribute: AttributeDocument, documents: DocumentIndex) -> Iterator[Problem]:
    """Problems of an attribute."""
    yield from form.slug(attribute.key, ("key",))
    yield from form.text(attribute.label, documents, ("label",))
    yield from form.word(attribute.kind, ValueKind, ("kind",))
    yield from form.word(attribute.better, Better, ("better",))
    yield from form.number(attribute.position, 0, 1_000_000, ("position",))
    yield from form.number(attribute.decimals, 0, 6, ("decimals",))
    if attribute.kind in list(ValueKind):
        yield from _number_fields(attribute)
        yield from _options(attribute)
    yield from _labels(attribute, documents)
    yield from _role(attribute, documents)
    yield from _phrases(attribute, documents)


def _number_fields(attribute: AttributeDocument) -> Iterator[Problem]:
    yield from form.maybe_line(attribute.unit, ("unit",), longest=40)
    if attribute.kind != ValueKind.NUMBER:
        for field, present in (
            ("unit", attribute.unit is not None),
            ("scale", attribute.scale is not None),
            ("decimals", attribute.decimals != 0),
        ):
            if present:
                yield _problem(f"an attribute of kind {attribute.kind} has no {field}", (field,))
    elif attribute.scale is not None and not 0 < attribute.scale <= 1e15:
        message = "the scale is the highest number there can be, so it must be above 0"
        yield Problem(ProblemCode.BAD_NUMBER, message, ("scale",))


def _options(attribute: AttributeDocument) -> Iterator[Problem]:
    if attribute.kind not in _OPTIONED:
        if attribute.options:
            yield _problem(f"an attribute of kind {attribute.kind} has no options", ("options",))
        return
    if len(attribute.options) < 2:
        yield _problem(f"an attribute of kind {attribute.kind} needs two options or more", ("options",))
    if attribute.kind == ValueKind.CHOICE and attribute.better != Better.NEITHER:
        yield _problem("no choice is better than another, so better must be NEITHER", ("better",))


def _months(option: OptionPart, steps: Steps) -> Iterator[Problem]:
    over, up_to = option.months_over, option.months_up_to
    for months, name in ((over, "monthsOver"), (up_to, "monthsUpTo")):
        if months is not None:
            yield from form.number(months, 0, 600, (*steps, name))
    if over is not None and up_to is not None and over >= up_to:
        yield Problem(ProblemCode.BAD_VALUE, f"over {over} and up to {up_to} months is no time", (*steps, "monthsUpTo"))


def _labels(attribute: AttributeDocument, documents: DocumentIndex) -> Iterator[Problem]:
    """Check that no two levels of one edition have one label in any language: nobody could see their difference."""
    yield from form.distinct((option.key for option in attribute.options), ("options",), field="key")
    seen: dict[tuple[str, str, str], int] = {}
    for index, option in enumerate(attribute.options):
        if not _OPTION.fullmatch(option.key) or len(option.key) > form.MAX_SLUG:
            message = f"{quoted(option.key)} is not a key of an option: letters and digits, joined by - or _"
            yield Problem(ProblemCode.BAD_IDENT, message, ("options", index, "key"))
        yield from form.text(option.label, documents, ("options", index, "label"))
        yield from form.maybe_text(option.edition, documents, ("options", index, "edition"))
        yield from _months(option, ("options", index))
        for locale, label in option.label.items():
            edition = option.edition.get(DEFAULT_LOCALE, "")
            first = seen.setdefault((locale, edition, label.strip().casefold()), index)
            if first != index:
                message = f"reads like option {first + 1} in this language"
                steps = ("options", index, "label", locale)
                yield Problem(ProblemCode.DUPLICATE, message, steps)


def _role(attribute: AttributeDocument, documents: DocumentIndex) -> Iterator[Problem]:
    role = attribute.transition_role
    if role is None:
        return
    steps: Steps = ("transitionRole",)
    yield from form.word(role, TransitionRole, steps)
    if role in list(TransitionRole) and attribute.kind in list(ValueKind):
        kinds = _ROLE_KINDS[TransitionRole(role)]
        if attribute.kind not in kinds:
            yield _problem(f"the role {role} needs an attribute of kind {' or '.join(kinds)}", steps)
    if others := [key for key in documents.roles.get(role, ()) if key != attribute.key]:
        message = f"one attribute at most plays a role; {quoted(others[0])} plays this one"
        yield Problem(ProblemCode.DUPLICATE, message, steps)


def _phrases(attribute: AttributeDocument, documents: DocumentIndex) -> Iterator[Problem]:
    built = documents.attributes.get(attribute.key)
    slots = attribute_phrases(built) if built is not None else None
    for name, written in attribute.phrases.items():
        yield from form.text(written, documents, ("phrases", name))
        if slots is None:  # the attribute's kind is unknown, so nobody can say which phrases it has
            continue
        yield from phrase.name(name, slots, ("phrases", name))
        for locale, wording in written.items():
            yield from phrase.wording(wording, slots.get(name, ()), ("phrases", name, locale))


def _problem(message: str, steps: Steps) -> Problem:
    return Problem(ProblemCode.BAD_ATTRIBUTE, message, steps)
