"""The admin of one app: the screen of each request, and the static files."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import compile_path

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb
from careergraph.web.admin import security
from careergraph.web.admin.files import MEDIA
from careergraph.web.admin.first_sign_in_key import FirstSignInKey
from careergraph.web.admin.form import Form
from careergraph.web.admin.gate import Gate, Guest
from careergraph.web.admin.navigation import sections_for
from careergraph.web.admin.provider import come_back, go_to_provider
from careergraph.web.admin.rendering import Rendering
from careergraph.web.admin.screens import (
    account,
    actions,
    changes,
    edit,
    history,
    home,
    images,
    impact,
    imports,
    past,
    preview,
    queues,
    releases,
    replacement,
    verbs,
)
from careergraph.web.admin.screens.lists import bulk, documents, find, saved, suggest
from careergraph.web.admin.screens.settings import audit, endpoints, previews, tokens
from careergraph.web.admin.sign_in import back_to, send_to_sign_in, sign_in
from careergraph.web.admin.visit import Failed, Visit, missing
from careergraph.web.admin.words import LANGUAGES, Words, language_of
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.graphql import GraphQL
from careergraph.web.pages.site import Pages
from careergraph.web.request.body import BodyReader
from careergraph.web.request.request import GraphQLRequest
from careergraph.web.response.page_coding import PageCoder

Screen = Callable[[Visit], Awaitable[Response]]
"""A function that answers the requests for one kind of screen. Raises Failed and Refusal."""

SCREENS: Mapping[str, Screen] = {
    "": home.home,
    "queues/{queue}": queues.queue,
    "releases": releases.releases,
    "releases/{slug}": releases.release,
    "releases/{slug}/impact": impact.release_impact,
    "documents/{type}": documents.documents,
    "documents/{type}/{slug}": edit.edit,
    "documents/{type}/{slug}/changes": changes.changes,
    "documents/{type}/{slug}/history": history.history,
    "documents/{type}/{slug}/past": past.past,
    "documents/{type}/{slug}/actions": actions.actions,
    "bulk/{type}": bulk.bulk,
    "saved/{type}": saved.saved,
    "find": find.find,
    "images": images.upload,
    "images/{slug}": images.replace_file,
    "imports": imports.imports,
    "imports/{number}": imports.job,
    "audit": audit.audit,
    "settings/tokens": tokens.tokens,
    "settings/endpoints": endpoints.endpoints,
    "settings/endpoints/{number}": endpoints.endpoint,
    "settings/previews": previews.previews,
    "settings/roles": previews.roles,
    "documents/{type}/{slug}/impact": impact.impact,
    "documents/{type}/{slug}/preview": preview.preview,
    "documents/{type}/{slug}/replace": replacement.replacement,
    "documents/{type}/{slug}/{verb}": verbs.act,
    "new/{type}": edit.new,
    "suggest": suggest.suggest,
    "session": account.session,
    "account": account.account,
    "sign-out": account.sign_out,
}
"""Every screen by its path below the admin."""

WAYS_IN: Mapping[str, Callable[[Gate, Guest], Awaitable[Response]]] = {
    "sign-in": sign_in,
    "sign-in/provider": go_to_provider,
    "sign-in/callback": come_back,
}
"""The screens of who is not signed in."""

WITH_FILES: Mapping[str, Verb] = {
    "imports": Verb.IMPORT,
    **dict.fromkeys(("images", "documents", "new"), Verb.UPLOAD_IMAGE),
}
"""The screens whose forms may have files, by the first part of their paths, with the right that they take."""
METHODS = ("GET", "HEAD", "POST")
MOST_BYTES = 2 * 1024 * 1024
"""The largest form, in bytes."""
FORM = "application/x-www-form-urlencoded"
_FOREVER = "private, max-age=31536000, immutable"
_ROUTES = [(compile_path(f"/{path}")[0], screen) for path, screen in SCREENS.items()]


class Admin:
    """The admin of one app."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of the app that its screens use
        self,
        config: Config,
        graphql: GraphQL,
        coder: PageCoder,
        pages: Pages | None,
        media: Any,
        first_key: FirstSignInKey,
    ) -> None:
        """`media` are those of the app; None without a store of images. `first_key` is the first administrator's."""
        self._path, self._graphql, self._coder, self._pages = config.admin.path, graphql, coder, pages
        self._media, self._rendering = media, Rendering(config)
        self.gate = Gate(config, graphql, self._rendering, first_key)
        self._bodies = BodyReader(MOST_BYTES, config.requests.body_seconds)

    async def respond(self, request: Request) -> Response:
        """The response to any request below the path of the admin."""
        if (path := request.path_params.get("path")) is None:  # the path without its last slash
            return security.secure(RedirectResponse(f"./{self._path.rpartition('/')[2]}/", 308))
        words = Words(language_of(request.cookies.get(security.LANGUAGE), request.headers.get("accept-language", "")))
        try:
            if path.startswith("static/"):
                response = await self._file(request, path.removeprefix("static/"))
            else:
                response = await self._answer(Guest(request, path, words, await self._form(request, path)))
        except Refusal as refusal:
            response = self._rendering.problem(request, path, words, refusal)
        return security.secure(response)

    async def _answer(self, guest: Guest) -> Response:
        """Raises Refusal."""
        if guest.path == "language":
            return _set_language(guest)
        if (way := WAYS_IN.get(guest.path)) is not None:
            return await way(self.gate, guest)
        ident = security.read_cookie(guest.request)
        actor = None if ident is None else await self.gate.actor(guest.request, ident)
        if ident is None or actor is None:
            return send_to_sign_in(guest)
        if not _has_files(guest.request, guest.path):
            return await self._show(guest, actor, ident)
        async with self.gate.files.reading(
            guest.request, actor, _verb_of(guest.path)
        ) as form:  # now that it is known who sends it
            return await self._show(replace(guest, form=form), actor, ident)

    async def _show(self, guest: Guest, actor: Actor, ident: str) -> Response:
        """Raises Refusal."""
        if guest.request.method == "POST":
            security.check_token(ident, guest.form.get(security.TOKEN))
        screen, names = _find_screen(guest.path)
        try:
            return await screen(await self._visit(guest, names, actor, ident))
        except Failed as failed:
            raise _refusal(failed) from None

    async def _visit(self, guest: Guest, names: Mapping[str, str], actor: Actor, ident: str) -> Visit:
        request = guest.request
        caller = await self._graphql.admission.admit_actor(GraphQLRequest(request.scope, request.receive, {}), actor)
        frame = self._rendering.frame(guest.words, guest.path, request)
        return Visit(
            request=request,
            path=guest.path,
            names=names,
            words=guest.words,
            gate=self.gate,
            graphql=self._graphql,
            actor=actor,
            caller=caller,
            ident=ident,
            frame=frame | {"sections": sections_for(actor, guest.path)},
            form=guest.form,
            pages=self._pages,
            media=self._media,
        )

    async def _form(self, request: Request, path: str) -> Form:
        """The form of a POST that a page of ours sent. Raises Refusal."""
        if request.method != "POST":
            return Form(b"")
        security.check_origin(request)
        if _has_files(request, path):
            return Form(b"")
        if _media_of(request) != FORM:
            raise Refusal(WebCode.UNSUPPORTED_MEDIA_TYPE, f"A form is {FORM}.")
        body = self._bodies.read(dict(request.scope["headers"]), request.receive)
        return Form(body if isinstance(body, bytes) else await body)

    async def _file(self, request: Request, name: str) -> Response:
        """Raises Refusal (NOT_FOUND)."""
        if (file := self._rendering.static.get(name)) is None:
            raise missing()
        control = _FOREVER if request.query_params.get("v") == file.digest else "no-cache"
        return await self._coder.file(request, file, **{"Cache-Control": control})


def _media_of(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _has_files(request: Request, path: str) -> bool:
    """Return whether a form has files, and the screen takes some."""
    return request.method == "POST" and path.partition("/")[0] in WITH_FILES and _media_of(request) == MEDIA


def _verb_of(path: str) -> Verb:
    return WITH_FILES[path.partition("/")[0]]


def _find_screen(path: str) -> tuple[Screen, Mapping[str, str]]:
    """Raises Refusal (NOT_FOUND)."""
    for pattern, screen in _ROUTES:
        if (match := pattern.fullmatch(f"/{path}")) is not None:
            return screen, match.groupdict()
    raise missing()


def _set_language(guest: Guest) -> Response:
    response = RedirectResponse(back_to(guest.form.get("next")) or "./", 303)
    if (language := guest.form.get("language")) in LANGUAGES:
        secure = security.is_https(guest.request)
        response.set_cookie(security.LANGUAGE, language, 31_536_000, secure=secure, httponly=True, samesite="lax")
    return response


def _refusal(failed: Failed) -> Refusal:
    """The refusal of a request whose operation failed: what one may not do, and what is not there, alike."""
    if failed.code in ("FORBIDDEN", "UNKNOWN"):
        return missing()
    return Refusal({str(code): code for code in WebCode}.get(failed.code, WebCode.BAD_REQUEST), failed.message)
