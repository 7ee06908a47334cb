"""Builds the pages of a site, and later those that changed and no others; nothing but the standard library.

    careergraph export --comparisons lines
    python examples/build_pages.py site http://127.0.0.1:8000/graphql lines   # all pages: comparisons from the export
    python examples/build_pages.py site http://127.0.0.1:8000/graphql        # those that changed since

Each page is a file of JSON for each locale that was exported: `site/de/career/actuary.json`. A site would write HTML
instead, in `write`. An export with `--region` makes a site of the figures of that region.
"""

import json
import sys
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

DOCUMENTS = Path(__file__).parents[1] / "src" / "careergraph" / "api" / "changes" / "documents"
"""The queries of the pages. `careergraph schema --document comparison` prints one, to be kept with the site."""

LIST = """query($after: String) {
  %s(first: 100, after: $after) { edges { node { slug } } pageInfo { hasNextPage endCursor } } }"""
LISTS = "{ collections { slug } categories { slug } }"

OF_FIGURES = ("COMPARISON", "CAREER")
"""The kinds of pages that show figures, whose queries take a region."""

STATE = "built.json"
"""What the pages were made of. It is written last: whatever stops a build, the next one does its work again."""


class Unanswered(Exception):
    """The server does not answer, or refuses. The message is one line."""


class Site:
    """A folder of pages, made of what a server answers."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder, self.server = folder, server
        self.state: dict[str, Any] = {"version": 0, "engine": None, "locales": [], "region": None}
        if (folder / STATE).exists():
            self.state = json.loads((folder / STATE).read_text())

    def build(self, lines: Path) -> int:
        """Makes all pages, the comparisons out of an export. Answers how many."""
        about = json.loads((lines / "manifest.json").read_text())
        self.state |= {"locales": about["locales"], "region": about.get("region")}
        pages = 0
        for file in sorted(lines.glob("*/*.jsonl")):
            for line in file.read_text(encoding="utf-8").splitlines():
                comparison = json.loads(line)["data"]["comparison"]
                pages += self.write(file.parent.name, "COMPARISON", comparison["slug"], comparison)
        for kind, slug in self.others():
            pages += self.make(kind, slug)
        # what was published since the export is for the next refresh
        self.keep(about["version"], about["engine"])
        return pages

    def refresh(self) -> list[tuple[str, str, str]] | None:
        """Makes those pages that changed since. Answers which; None where all have to be made."""
        changed = []
        after = None
        while True:
            variables = {"since": self.state["version"], "engine": self.state["engine"], "after": after}
            changes = self.ask((DOCUMENTS / "changes.graphql").read_text(), variables)["changes"]
            if changes["everything"]:
                return None
            for page in changes["pages"]:
                changed.append((page["page"], page["slug"], page["change"]))
                if page["change"] == "VANISHED":
                    self.remove(page["page"], page["slug"])
                else:
                    self.make(page["page"], page["slug"])
            after = changes["next"]
            if after is None:
                self.keep(changes["version"], changes["engine"])
                return changed

    def make(self, kind: str, slug: str) -> int:
        """Writes a page in each locale. Answers how many files it wrote."""
        a, _, b = slug.partition("-vs-")
        variables = {"a": a, "b": b} if kind == "COMPARISON" else {"slug": slug}
        if kind in OF_FIGURES and self.state.get("region"):
            variables["region"] = self.state["region"]
        text = (DOCUMENTS / f"{kind.lower()}.graphql").read_text()
        for locale in self.state["locales"]:
            content = self.ask(text, {**variables, "locale": locale})[kind.lower()]
            self.write(locale, kind, slug, content)
        return len(self.state["locales"])

    def remove(self, kind: str, slug: str) -> None:
        """Removes a page in each locale."""
        for locale in self.state["locales"]:
            self.file(locale, kind, slug).unlink(missing_ok=True)

    def others(self) -> Iterator[tuple[str, str]]:
        """All pages but those of comparisons."""
        for kind in ("CAREER", "SKILL"):
            yield from ((kind, slug) for slug in self.slugs(f"{kind.lower()}s"))
        lists = self.ask(LISTS, {})
        yield from (("COLLECTION", collection["slug"]) for collection in lists["collections"])
        yield from (("CATEGORY", category["slug"]) for category in lists["categories"])

    def slugs(self, field: str) -> Iterator[str]:
        """The slugs of all careers, or of all skills."""
        after = None
        while True:
            page = self.ask(LIST % field, {"after": after})[field]
            yield from (edge["node"]["slug"] for edge in page["edges"])
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]

    def ask(self, query: str, variables: dict[str, Any]) -> Any:
        """Sends a query by POST, which no cache on the way answers."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        try:
            request = Request(self.server, body, {"content-type": "application/json"})  # noqa: S310 - our own server
            with urlopen(request, timeout=60) as response:  # noqa: S310
                answer = json.load(response)
        except (OSError, HTTPException, ValueError) as error:
            raise Unanswered(f"{self.server} does not answer ({error}): is that where careergraph is?") from None
        if not isinstance(answer, dict) or not answer.keys() & {"data", "errors"}:
            raise Unanswered(f"{self.server} does not answer in GraphQL: is that where careergraph is?")
        if "errors" in answer:
            raise Unanswered(f"{self.server} refuses: {'; '.join(error['message'] for error in answer['errors'])}")
        return answer["data"]

    def file(self, locale: str, kind: str, slug: str) -> Path:
        """The file of a page in a locale."""
        return self.folder / locale / kind.lower() / f"{slug}.json"

    def write(self, locale: str, kind: str, slug: str, content: Any) -> int:
        """Writes a page in a locale. Answers how many files it wrote."""
        file = self.file(locale, kind, slug)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return 1

    def keep(self, version: int, engine: str) -> None:
        """Keeps what the pages were made of."""
        self.state = {**self.state, "version": version, "engine": engine}
        (self.folder / STATE).write_text(json.dumps(self.state))


def main(folder: str, server: str, lines: str | None = None) -> None:
    """Builds all pages, or those that changed."""
    site = Site(Path(folder), server)
    if lines is not None:
        print(site.build(Path(lines)), "pages made")
    elif (changed := site.refresh()) is None:
        sys.exit("everything changed: export again, and build all pages")
    else:
        print(len(changed), "pages changed")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(f"usage: {sys.argv[0]} FOLDER SERVER [LINES]")
    try:
        main(*sys.argv[1:])
    except (Unanswered, OSError) as problem:
        sys.exit(str(problem))
