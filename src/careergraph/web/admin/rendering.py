"""Rendering: templates, the files that they load, and the values that every one of them has."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from careergraph.web.admin.words import LANGUAGES, Words
from careergraph.web.core.codes import Refusal
from careergraph.web.core.config import Config
from careergraph.web.response.page_coding import File

PACKAGE = "careergraph.web.admin"
_KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


class Rendering:
    """The templates and the static files of the admin, read once. Undefined names are errors, values are escaped."""

    def __init__(self, config: Config) -> None:
        self._pages, self._depth = config.pages.enabled, config.admin.path.count("/")
        folder = files(PACKAGE).joinpath("static")
        self.static: Mapping[str, File] = {file.name: _file(file.name, file.read_bytes()) for file in folder.iterdir()}
        self.templates = Environment(
            loader=PackageLoader(PACKAGE, "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def page(self, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
        """The page of a template."""
        return Response(self.templates.get_template(template).render(values), status, media_type="text/html")

    def frame(self, words: Words, path: str, request: Request) -> dict[str, Any]:
        """The values that every template has, whoever asks."""
        up = "../" * path.count("/")
        query = request.scope["query_string"].decode("latin-1")
        return {
            "w": words,
            "path": path,
            "here": path + (f"?{query}" if query else ""),
            "up": up,
            "static": lambda name: f"{up}static/{name}?v={self.static[name].digest}",
            "languages": LANGUAGES,
            "note": words.or_none(f"note.{request.query_params.get('note', '')}"),
            "sections": (),
            "pages": self._pages,
            "site": "../" * (path.count("/") + self._depth),
        }

    def problem(self, request: Request, path: str, words: Words, refusal: Refusal) -> Response:
        """The page of a request that is refused; plain text for a script."""
        headers = dict(refusal.headers)
        if request.headers.get("x-careergraph-admin") is not None:
            return Response(refusal.message, refusal.status, headers, media_type="text/plain")
        word = f"problem.{refusal.code}"
        values = {
            **self.frame(words, path, request),
            "title": words.or_none(word) or words("problem.other"),
            "message": words.or_none(f"{word}.text") or refusal.message,
            "signed_out": refusal.status == 401,
        }
        response = self.page("problem.html", values, refusal.status)
        response.headers.update(headers)
        return response


def _file(name: str, content: bytes) -> File:
    return File(content, _KINDS[name.rpartition(".")[2]])
