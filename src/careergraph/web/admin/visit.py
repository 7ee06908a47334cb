"""Visit: one request of somebody who is signed in, and the ways in which a screen answers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, may
from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.web.admin.form import Form
from careergraph.web.admin.gate import Gate
from careergraph.web.admin.operations import operation
from careergraph.web.admin.security import token_of
from careergraph.web.admin.words import Words
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.execution.admission import Caller
from careergraph.web.graphql import GraphQL
from careergraph.web.pages.site import Pages
from careergraph.web.request.request import GraphQLRequest

Data = dict[str, Any]
"""The `data` of an answer."""

_DECODER = msgspec.json.Decoder(dict[str, Any])


class Failed(Exception):
    """An operation was answered with an error, with this code."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.message, self.code = message, code


@dataclass(slots=True)
class Visit:
    """One request. `path` is that below the admin; `names` are the parts of it; `ident` is the id of the session;
    `pages` and `media` are those of the app, if it has any."""

    request: Request
    path: str
    names: Mapping[str, str]
    words: Words
    gate: Gate
    graphql: GraphQL
    actor: Actor
    caller: Caller
    ident: str
    frame: Mapping[str, Any]
    form: Form = field(default_factory=lambda: Form(b""))
    pages: Pages | None = None
    media: Any = None

    @property
    def catalog(self) -> Catalog:
        """The live catalog."""
        return self.caller.catalog

    @property
    def language(self) -> str:
        """The locale that titles are shown in: that of the interface, where the catalog has it."""
        return self.words.language if self.words.language in self.catalog.locales else DEFAULT_LOCALE

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters of the address; of a repeated one the last."""
        return self.request.query_params

    @property
    def wants_part(self) -> bool:
        """Whether the script of a page asks, for a part of it or for JSON."""
        return self.request.headers.get("x-careergraph-admin") is not None

    def may(self, verb: Verb, type_name: str | None = None) -> bool:
        """Return whether the actor may do something, to documents of a type."""
        return may(self.actor, verb, None if type_name is None else (type_name, ""))

    def require(self, verb: Verb, type_name: str | None = None) -> None:
        """Require a right: without it there is no such screen. Raises Refusal (NOT_FOUND)."""
        if not self.may(verb, type_name):
            raise missing()

    def link(self, path: str, **parameters: object) -> str:
        """The address of a screen or file, relative to this one."""
        present = {name: value for name, value in parameters.items() if value not in (None, "")}
        address = "../" * self.path.count("/") + path
        return (address or "./") + (f"?{urlencode(present)}" if present else "")

    async def ask(self, file: str, name: str | None = None, /, **variables: Any) -> Data:
        """Return the data of the operation of a file, or of the one of that name. Raises Failed and Refusal."""
        request, text = GraphQLRequest(self.request.scope, self.request.receive, {}), operation(file, name)
        if "$language" in text:
            variables["language"] = self.language
        result, _ = await self.graphql.run_operation(request, self.caller, text, variables, paid=1)
        answer = _DECODER.decode(result.content)
        if errors := answer.get("errors"):
            raise Failed(errors[0]["message"], str(errors[0].get("extensions", {}).get("code", "")))
        data: Data = answer["data"]
        return data

    async def run(self, name: str, /, **variables: Any) -> Data:
        """Run a verb, and return how it ended, with its `__typename`. Raises Failed and Refusal."""
        (result,) = (await self.ask(name, **variables)).values()
        self.graphql.catalog_holder.expire()  # the next page shows what was published
        ended: Data = result
        return ended

    def render(self, template: str, status: int = 200, **values: Any) -> Response:
        """The page of a template. What a refused form says is `sent`, so that nobody types it again."""
        refused = values.get("problems") or values.get("conflicted")
        shared = {
            **self.frame,
            "visit": self,
            "actor": self.actor,
            "csrf": token_of(self.ident),
            "link": self.link,
            "may": self.may,
            "verbs": Verb,
            "problems": (),
            "conflicted": False,
            "sent": self.form if refused else Form(b""),
        }
        return self.gate.rendering.page(template, {**shared, **values}, status)

    def go(self, path: str, note: str = "", **parameters: object) -> Response:
        """Send the browser to another screen, which shows a note: a word of `note`."""
        return RedirectResponse(self.link(path, note=note, **parameters), 303)


def missing() -> Refusal:
    """There is no such screen, or nothing that this actor may see."""
    return Refusal(WebCode.NOT_FOUND, "There is nothing here.")
