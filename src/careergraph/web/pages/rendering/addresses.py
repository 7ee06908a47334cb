"""Addresses: links from one page to another, in the page's language, relative or below the public address."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode, urlsplit

VERSUS = "-vs-"
"""The separator of the careers in a comparison's address."""

MOST_CHARS = 2000
"""The longest linked web address, in characters."""


class Addresses:
    """The addresses of a page at `path`, which begins with a slash and holds no language.

    Links are relative, so they work below any prefix, even one that a proxy strips. Absolute ones need `public_url`,
    since the `Host` of a request is never repeated. `up` is the way to the root, from a page that is shown elsewhere.
    """

    def __init__(self, path: str, locale: str, default: str, public_url: str = "", up: str | None = None) -> None:
        self.path, self._default, self._public_url = path, default, public_url.rstrip("/")
        self._locale = locale
        self._prefix = "" if locale == default else f"/{locale}"
        self._up = "../" * ((self._prefix + path).rstrip("/").count("/") - 1) if up is None else up

    def link(self, path: str, **parameters: str) -> str:
        """The link to a page of this language."""
        return self.file(self.localized(self._locale, path), **parameters)

    def file(self, path: str, **parameters: str) -> str:
        """The link to a file, which has no language."""
        target = self._up + quote(path[1:])
        query = f"?{urlencode(parameters, quote_via=quote)}" if parameters else ""
        return f"{target or './'}{query}"

    def media(self, urls: str | None) -> str | None:
        """The address of a picture, or the addresses of a `srcset`, as a page has them; None for one that is unsafe."""
        if urls is None or not urls.startswith("/"):
            return safe_url(urls) if urls is None or " " not in urls else urls
        up = self._up or "./"
        return ", ".join([f"{up}{url[1:]}" for url in urls.split(", ")])

    def compare(self, slugs: Iterable[str]) -> str:
        """The link to a comparison, in its canonical order."""
        return self.link(comparison_path(slugs))

    def localized(self, locale: str, path: str | None = None) -> str:
        """The path of a page, of this one without `path`, in a language."""
        prefix = "" if locale == self._default else f"/{locale}"
        path = self.path if path is None else path
        return prefix + path if path != "/" else prefix or "/"

    def public(self, locale: str | None = None, path: str | None = None) -> str:
        """The address of a page for other sites: absolute if `public_url` is set, relative otherwise."""
        whole = self.localized(self._locale if locale is None else locale, path)
        return f"{self._public_url}{quote(whole)}" if self._public_url else self.file(whole)


def comparison_path(slugs: Iterable[str]) -> str:
    """The path of a comparison."""
    return f"/compare/{VERSUS.join(sorted(slugs))}"


def safe_url(url: str | None) -> str | None:
    """A web address from content if it is safe to link, or else None (`javascript:` and such)."""
    if url is None or len(url) > MOST_CHARS or any(char.isspace() or not char.isprintable() for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
