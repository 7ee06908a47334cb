"""Warm-up: render pages of a new catalog before it goes live, and throw them away.

The first page after a publish makes about as many calls as the tenth, but over objects that no processor cache holds.
"""

from collections.abc import Awaitable, Iterator, Mapping
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

from starlette.types import Message

from careergraph.api.limits.execution_budget import BudgetExceeded
from careergraph.engine.content import Catalog
from careergraph.engine.text.localized_catalog import localize
from careergraph.web.core.codes import Refusal
from careergraph.web.execution.admission import Caller
from careergraph.web.pages import lists
from careergraph.web.pages.career import career
from careergraph.web.pages.comparison import compare
from careergraph.web.pages.endpoint import Page
from careergraph.web.pages.rendering.addresses import VERSUS, Addresses
from careergraph.web.pages.rendering.rendering import Rendering
from careergraph.web.pages.rendering.visit import Data, Failed, Moved, Visit, data_of
from careergraph.web.pages.rendering.words import Words
from careergraph.web.pages.tool import tool
from careergraph.web.request.request import GraphQLRequest

SECONDS = 0.5
"""The most time spent on one catalog."""

ROUNDS = 4
"""The pages of each kind and language."""

Result = TypeVar("Result")


class WarmUpVisit(Visit):
    """A visit without a reader: operations run in the current thread, free of charge."""

    def near(self) -> bool:
        """True: pairs are ranked before pages are warmed up."""
        return True

    async def _run(self, operation: str, variables: Mapping[str, Any]) -> tuple[Data, bytes]:
        """Return the data of an operation, without tags: the cached ones are of the live catalog. Raises Failed for an
        operation that is not cached: no such page was requested since the server started.
        """
        values = {**variables, "locale": self.locale.code}
        result = self.graphql.run_cached_query(self.files.operation(operation), values, self.caller.context)
        if result is None:
            raise Failed("", {})
        return data_of(result.content), b""


def prepare_pages(rendering: Rendering, catalog: Catalog, before: Catalog | None) -> Iterator[None]:
    """Render pages of a catalog, one a step: first those of careers that are not the same in the catalog `before`."""
    if before is None or not rendering.graphql.admission.has_plain_contexts:
        return
    until = monotonic() + SECONDS
    for path, page, names in _pages(catalog, before):
        for code in catalog.locales:
            if monotonic() > until:
                return
            with suppress(Moved, Failed, Refusal, BudgetExceeded):
                visit = _visit(rendering, catalog, code, path, names)
                rendering.render(_completed(page(visit)), visit)
            yield


def _pages(catalog: Catalog, before: Catalog) -> Iterator[tuple[str, Page, dict[str, str]]]:
    """Pages of each kind: path, function, and the names in the path."""
    changed = [slug for slug, item in catalog.careers.items() if before.careers.get(slug) is not item]
    others = list(catalog.careers)
    step = max(1, len(others) // (3 * ROUNDS))
    slugs = [*changed[:ROUNDS], *others[::step]]
    skills, categories = list(catalog.skills), list(catalog.categories)
    for number in range(min(ROUNDS, len(slugs) // 3)):
        for size in (2, 3):
            careers = VERSUS.join(sorted(set(slugs[number::ROUNDS][:size])))
            yield f"/compare/{careers}", compare, {"slugs": careers}
        yield f"/careers/{slugs[number]}", career, {"slug": slugs[number]}
        yield "/compare", tool, {}
        for folder, items, page in (("skills", skills, lists.skill), ("categories", categories, lists.category)):
            for slug in items[number : number + 1]:
                yield f"/{folder}/{slug}", page, {"slug": slug}


def _visit(rendering: Rendering, catalog: Catalog, code: str, path: str, names: dict[str, str]) -> WarmUpVisit:
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    request, locale = GraphQLRequest(scope, _no_message, {}), catalog.locales[code]
    caller = Caller("", catalog, rendering.graphql.admission.anonymous(request, catalog), shared=True)
    addresses = Addresses(path, code, catalog.default_locale, rendering.config.pages.public_url)
    return WarmUpVisit(
        request, caller, rendering.graphql, rendering.files, locale, addresses, names, Words(localize(catalog, code))
    )


async def _no_message() -> Message:
    return {"type": "http.disconnect"}


def _completed(page: Awaitable[Result]) -> Result:
    """The result of a coroutine that never waits."""
    steps = page.__await__()
    try:
        next(steps)
    except StopIteration as end:
        result: Result = end.value
        return result
    raise RuntimeError("a page waits for something while it is warmed up")
