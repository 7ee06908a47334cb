"""Sites: front ends that show previews, each with a template of the address at which it does."""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from careergraph.store.documents.documents import (
    CareerDocument,
    CategoryDocument,
    CollectionDocument,
    Key,
    PairDocument,
    SkillDocument,
)

_SITE = re.compile(r"([A-Za-z0-9][\w-]*)=(\S+)")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")

_FOLDERS = {
    CareerDocument.TYPE: "careers",
    PairDocument.TYPE: "compare",
    SkillDocument.TYPE: "skills",
    CategoryDocument.TYPE: "categories",
    CollectionDocument.TYPE: "collections",
}


def parse_sites(text: str) -> dict[str, str]:
    """Parse sites with blanks between them: `web=https://site.example/api/draft?secret={token}&path={path}`. Return
    their templates by name, in order. Raises ValueError."""
    sites: dict[str, str] = {}
    for word in text.split():
        match = _SITE.fullmatch(word)
        if match is None or match[1] in sites:
            raise ValueError(f"{word[:40]!r} is no `name=address` with a name of its own")
        _check_template(match[1], match[2])
        sites[match[1]] = match[2]
    return sites


def _check_template(name: str, template: str) -> None:
    names = _PLACEHOLDER.findall(template)
    if "token" not in names or not set(names) <= {"token", "path"} or re.search(r"[{}]", fill(template, "", "")):
        raise ValueError(f"the address of {name} needs {{token}}, may have {{path}}, and has no other braces")
    parts = urlsplit(template)
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", parts.netloc):
        raise ValueError(f"the address of {name} is no http or https address of a host")


def fill(template: str, token: str, path: str) -> str:
    """Return the address of a path, with the secret of a preview in it."""
    texts: Mapping[str, str] = {"token": token, "path": path}
    return _PLACEHOLDER.sub(lambda match: quote(texts[match[1]], safe=""), template)


def path_of(key: Key | None) -> str:
    """Return the path of a document's page, as the pages that come with careergraph have it; that of the first page for
    what has none."""
    folder = None if key is None else _FOLDERS.get(key[0])
    return "/" if key is None or folder is None else f"/{folder}/{key[1]}"
