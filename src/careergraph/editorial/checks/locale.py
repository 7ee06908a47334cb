"""Checks of a locale."""

import re
from collections.abc import Iterator

from careergraph.editorial.checks import form, phrase
from careergraph.editorial.content.document_index import DocumentIndex, quoted
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.engine.content.locale import DEFAULT_LOCALE, Template
from careergraph.engine.content.plural import BadPlural, PluralRules
from careergraph.engine.content.value_kinds import Period
from careergraph.engine.text.labels import NAME
from careergraph.engine.text.phrases import LOCALE_PHRASES
from careergraph.store.catalogs.shipped import shipped_phrases
from careergraph.store.documents.documents import LocaleDocument

LISTED = 20_000
"""The most characters of a phrase that is a list of words."""

LONGEST_RULE = 4_000
"""The most characters of a plural rule; the longest of CLDR, with its samples, has half of it."""

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_CURRENCY = re.compile(r"[A-Z]{3}|\*")


def check_locale(locale: LocaleDocument, documents: DocumentIndex) -> Iterator[Problem]:
    """Problems of a locale."""
    if not _CODE.fullmatch(locale.code):
        message = f"{quoted(locale.code)} is not a code of a locale, such as en or pt-BR"
        yield Problem(ProblemCode.BAD_IDENT, message, ("code",))
    yield from form.line(locale.name, ("name",))
    yield from _plural(locale)
    yield from _fallback(locale, documents)
    yield from _separators(locale)
    yield from _money(locale)
    for period, written in locale.periods.items():
        yield from form.word(period, Period, ("periods", period))
        if len(written) > 40:  # it may be empty: nothing follows an amount that is paid once
            yield _problem("what follows an amount has 40 characters at most", ("periods", period))
    yield from _phrases(locale)


def _fallback(locale: LocaleDocument, documents: DocumentIndex) -> Iterator[Problem]:
    steps: Steps = ("fallback",)
    if locale.code == DEFAULT_LOCALE:
        if locale.fallback is not None:
            yield _problem("the default locale is where all fallbacks end, so it has none", steps)
    elif locale.fallback is None:
        yield _problem(f"a locale needs a fallback; all fallbacks end in {DEFAULT_LOCALE}", steps)
    elif locale.fallback == locale.code or locale.code in documents.circling_locales:
        yield Problem(ProblemCode.CYCLE, "the locale falls back to itself", steps)
    else:
        yield from documents.unknown(LocaleDocument.TYPE, locale.fallback, steps)


def _plural(locale: LocaleDocument) -> Iterator[Problem]:
    steps: Steps = ("plural",)
    if len(locale.plural) > LONGEST_RULE:
        yield Problem(
            code=ProblemCode.TOO_LONG, message=f"a plural rule has {LONGEST_RULE} characters at most", steps=steps
        )
        return
    try:
        PluralRules(locale.plural).forms  # noqa: B018 - reading the property parses the rule
    except BadPlural as error:
        yield _problem(str(error), steps)


def _separators(locale: LocaleDocument) -> Iterator[Problem]:
    if len(locale.decimal) != 1 or locale.decimal.isalnum():
        yield _problem("the decimal separator is one character", ("decimal",))
    if len(locale.group) > 1 or locale.group.isalnum():
        yield _problem("the separator of groups is one character, or empty", ("group",))
    if locale.decimal == locale.group:
        yield _problem("the separators of decimals and of groups are the same", ("group",))


def _money(locale: LocaleDocument) -> Iterator[Problem]:
    for currency, pattern in locale.money.items():
        steps: Steps = ("money", currency)
        if not _CURRENCY.fullmatch(currency):
            yield _problem("a currency is three capital letters of ISO 4217, or * for all others", steps)
        yield from phrase.wording(pattern, ("n", "currency"), steps)
        if pattern.count("{n}") != 1:
            yield _problem("the pattern of an amount has {n} once", steps)


def _phrases(locale: LocaleDocument) -> Iterator[Problem]:
    labels = shipped_phrases(DEFAULT_LOCALE)
    for name, written in locale.phrases.items():
        steps: Steps = ("phrases", name)
        if NAME.fullmatch(name):  # a label: a site may have some of its own, which only the site fills
            shipped = labels.get(name)
            yield from phrase.wording(written, Template(written).slots if shipped is None else shipped.slots, steps)
        else:
            yield from phrase.name(name, LOCALE_PHRASES, steps)
            longest = LISTED if name in ("lower-case", "same-sense", "minor-words") else form.MAX_LABEL
            yield from phrase.wording(written, LOCALE_PHRASES.get(name, ()), steps, longest=longest)


def _problem(message: str, steps: Steps) -> Problem:
    return Problem(ProblemCode.BAD_LOCALE, message, steps)
