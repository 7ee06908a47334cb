"""Files: templates, operations and static files of the pages, the host's own before those of the package."""

import json
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    TemplateSyntaxError,
)

from careergraph.web.core.config import ConfigProblem
from careergraph.web.response.page_coding import File

KINDS: Mapping[str, str] = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "webp": "image/webp",
    "ico": "image/vnd.microsoft.icon",
    "woff2": "font/woff2",
}
"""The kinds of files that are served."""


class Files:
    """The files of one installation. `folder` is the host's: with `templates`, `operations` and `static` inside, each
    of them optional, and each file there in place of ours. All are read once. Raises ConfigProblem without it."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder) if folder else None
        if self._folder is not None and not self._folder.is_dir():
            raise ConfigProblem(f"pages_folder is {folder!r}, and there is no such folder")
        self._ours = files("careergraph.web.pages")
        self._operations: dict[str, str] = {}

    def loader(self) -> BaseLoader:
        """The loader of templates. Those of the package are also `ours/…`, for a host's to extend."""
        ours = PackageLoader("careergraph.web.pages", "templates")
        hosts = [] if self._folder is None else [FileSystemLoader(self._folder / "templates")]
        return ChoiceLoader([*hosts, ours, PrefixLoader({"ours": ours})])

    def check(self, templates: Environment) -> None:
        """Require that the host's templates can be parsed. Raises ConfigProblem, which names the file, and the line of
        a slip."""
        folder = None if self._folder is None else self._folder / "templates"
        for file in () if folder is None else sorted(folder.rglob("*.html")):
            try:
                templates.parse(file.read_text(encoding="utf-8"))
            except TemplateSyntaxError as error:
                raise ConfigProblem(f"pages_folder: {file}:{error.lineno}: {error.message}") from None
            except UnicodeDecodeError:
                raise ConfigProblem(f"pages_folder: {file}: it is not in UTF-8") from None

    def operation(self, name: str) -> str:
        """The text of an operation."""
        if name not in self._operations:
            self._operations[name] = self._read(f"{name}.graphql")
        return self._operations[name]

    @cached_property
    def static(self) -> Mapping[str, File]:
        """The static files, by name."""
        contents = {file.name: file.read_bytes() for file in self._ours.joinpath("static").iterdir() if file.is_file()}
        if self._folder is not None and (folder := self._folder / "static").is_dir():
            contents |= {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
        return {
            name: File(content, KINDS[ending])
            for name, content in contents.items()
            if (ending := name.rpartition(".")[2]) in KINDS
        }

    def component(self, graphql_path: str) -> File:
        """The web component, with its operation and the path of this app's endpoint."""
        query = json.dumps(self.operation("embed"))
        text = self._ours.joinpath("embed.js").read_text(encoding="utf-8")
        content = text.replace('"%QUERY%"', query).replace('"%GRAPHQL%"', json.dumps(graphql_path[1:])).encode()
        return File(content, KINDS["js"])

    def _read(self, name: str) -> str:
        if self._folder is not None and (file := self._folder / "operations" / name).is_file():
            return file.read_text(encoding="utf-8")
        return self._ours.joinpath("operations", name).read_text(encoding="utf-8")
