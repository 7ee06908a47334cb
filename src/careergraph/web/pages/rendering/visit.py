"""Visit: one request for a page, and the data of its operations."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import Locale
from careergraph.web.execution.admission import Caller
from careergraph.web.graphql import GraphQL
from careergraph.web.pages.rendering.addresses import Addresses
from careergraph.web.pages.rendering.files import Files
from careergraph.web.pages.rendering.words import Words
from careergraph.web.request.parameters import query_pairs
from careergraph.web.request.request import GraphQLRequest

Data = dict[str, Any]
"""The `data` of an answer."""

SMALL = 20_000
"""The most pairs whose ranking a page waits for: it takes a second or two."""

_DECODER = msgspec.json.Decoder(dict[str, Any])


class Moved(Exception):
    """The page is at another address of this site: for good, or for this request (`seeing`)."""

    def __init__(self, address: str, *, seeing: bool = False) -> None:
        super().__init__(address)
        self.address, self.status = address, 303 if seeing else 301


class Failed(Exception):
    """An operation was answered with an error. `extensions` are those of the first one, with its `code`."""

    def __init__(self, message: str, extensions: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.message, self.extensions = message, extensions

    @property
    def code(self) -> str:
        """The code of the error."""
        return str(self.extensions.get("code", ""))


@dataclass(slots=True)
class Visit:
    """One request for a page. `names` are the parts of its address; `tags` those of its results so far; `stray` is
    whether the catalog lacks the language of the address."""

    request: GraphQLRequest
    caller: Caller
    graphql: GraphQL
    files: Files
    locale: Locale
    addresses: Addresses
    names: Mapping[str, str]
    words: Words
    stray: bool = False
    tags: dict[str, None] = field(default_factory=dict)
    paid: int = 1
    complete: bool = True

    @property
    def catalog(self) -> Catalog:
        """The catalog of the page: a preview's if there is one."""
        return self.caller.catalog

    def near(self) -> bool:
        """Return whether the ranking of pairs is ready for queries. A page made before that is not cached."""
        preparing = self.catalog.pairs > SMALL and self.graphql.catalog_holder.is_preparing(self.catalog)
        self.complete = self.complete and not preparing
        return not preparing

    async def ask(self, operation: str, **variables: Any) -> Data:
        """Return the data of an operation in the page's language, and add its tags to the page's. Raises Failed and
        Refusal."""
        data, tags = await self._run(operation, variables)
        self.tags |= dict.fromkeys(tags.decode().split())
        return data

    async def suggest(self, operation: str, **variables: Any) -> Data:
        """Return the data of an operation for suggestions: careers nearby, the length of an axis. A publish may change
        them, but they stay true, so the page gets no tags; `follow` the careers. Raises Failed and Refusal."""
        data, _ = await self._run(operation, variables)
        return data

    async def credits(self, sources: Collection[object]) -> Sequence[Data]:
        """Return the credits that licences ask for, for a page whose figures have these sources: none where it names
        any. What is not a figure names no source of its own. Raises Failed and Refusal."""
        credits: Sequence[Data] = () if sources else (await self.ask("credits"))["credits"]
        return credits

    def follow(self, careers: Iterable[str], *, whole: bool = False) -> None:
        """Add the tags of careers that the page names, or with `whole`, whose figures and skills it shows."""
        slugs = list(careers)
        named = [f"career:{slug}" for slug in slugs]
        self.tags |= dict.fromkeys(self.graphql.tags.of_careers(slugs, self.catalog) if whole else named)

    async def _run(self, operation: str, variables: Mapping[str, Any]) -> tuple[Data, bytes]:
        text = self.files.operation(operation)
        variables = {**variables, "locale": self.locale.code}
        result, tags = await self.graphql.run_operation(self.request, self.caller, text, variables, paid=self.paid)
        self.paid = 0
        return data_of(result.content), tags

    def query(self) -> list[tuple[str, str]]:
        """The parameters of the address. Raises Refusal (BAD_REQUEST)."""
        pairs = query_pairs(self.request.scope["query_string"])
        return [(name, value.strip()) for name, value in pairs if value]


def data_of(content: bytes) -> Data:
    """The data of a result. Raises Failed for one with errors."""
    result = _DECODER.decode(content)
    if errors := result.get("errors"):
        raise Failed(errors[0]["message"], errors[0].get("extensions", {}))
    data: Data = result["data"]
    return data
