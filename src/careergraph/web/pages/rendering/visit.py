"""Visit: one request for a page, and the way from its operations to their data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import Locale
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.graphql import GraphQL
from careergraph.web.pages.rendering.addresses import Addresses
from careergraph.web.pages.rendering.files import Files
from careergraph.web.pages.rendering.words import Words
from careergraph.web.request.request import GraphQLRequest

Data = dict[str, Any]
"""The `data` of an answer."""

SMALL = 20_000
"""Pairs that are ranked in a second or two: for so many a page waits."""

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
    """One request for a page. `names` are the parts of its address; `tags` what its answer follows from so far;
    `stray` says that the address is in a language that the catalog has not."""

    graphql_request: GraphQLRequest
    graphql: GraphQL
    files: Files
    catalog: Catalog
    context: Any
    locale: Locale
    addresses: Addresses
    names: Mapping[str, str]
    words: Words
    stray: bool = False
    tags: dict[str, None] = field(default_factory=dict)
    paid: int = 1
    complete: bool = True

    def near(self) -> bool:
        """Whether a page may ask for what is near: not while that is still worked out. Such a page is not kept."""
        preparing = self.catalog.pairs > SMALL and self.graphql.runtime.is_preparing(self.catalog)
        self.complete = self.complete and not preparing
        return not preparing

    async def ask(self, operation: str, **variables: Any) -> Data:
        """The data of one of the operations of the pages, in the page's language; the page follows from whatever that
        follows from. Raises Failed and Refusal."""
        data, tags = await self._run(operation, variables)
        self.tags |= dict.fromkeys(tags.decode().split())
        return data

    async def suggest(self, operation: str, **variables: Any) -> Data:
        """The data of an operation for what the page only suggests: which careers are near, how long an axis is. Any
        publish may change that, and it would be true still, so caches may keep the page: it carries no tag of it. What
        is suggested has to be `follow`ed. Raises Failed and Refusal."""
        data, _ = await self._run(operation, variables)
        return data

    def follow(self, careers: Iterable[str], *, whole: bool = False) -> None:
        """Notes that the page names careers, or follows from the `whole` of each: its figures and its skills."""
        slugs = list(careers)
        named = [f"career:{slug}" for slug in slugs]
        self.tags |= dict.fromkeys(self.graphql.tags.of_careers(slugs, self.catalog) if whole else named)

    async def _run(self, operation: str, variables: Mapping[str, Any]) -> tuple[Data, bytes]:
        text = self.files.operation(operation)
        asked_in = {**variables, "locale": self.locale.code}
        answer, tags = await self.graphql.ask(
            self.graphql_request, text, asked_in, self.catalog, self.context, paid=self.paid
        )
        self.paid = 0
        content = _DECODER.decode(answer.content)
        if errors := content.get("errors"):
            raise Failed(errors[0]["message"], errors[0].get("extensions", {}))
        return content["data"], tags

    def query(self) -> list[tuple[str, str]]:
        """The parameters of the address. Raises Refusal (BAD_REQUEST)."""
        text = self.graphql_request.scope["query_string"].decode("latin-1")
        try:
            return [(name, value.strip()) for name, value in parse_qsl(text, errors="strict", max_num_fields=64)]
        except ValueError:
            raise Refusal(WebCode.BAD_REQUEST, "The address is not readable as UTF-8 parameters.") from None
