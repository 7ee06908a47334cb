"""HTML pages for developers: escaped, without inline scripts, under a strict content security policy."""

from html import escape
from importlib.resources import files

from starlette.responses import Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The policy of a page: it loads files of the app and nothing else."""


def template(name: str) -> str:
    """Return the text of a template, with slots for `str.format`."""
    return files("careergraph.web").joinpath("developer/templates", f"{name}.html").read_text(encoding="utf-8")


_PAGE = template("page")


def html(title: str, head: str, body: str, policy: str = POLICY, status: int = 200) -> Response:
    """A page. `head` and `body` are HTML already; the title is escaped here."""
    headers = {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    text = _PAGE.format(title=escape(title), head=head, body=body)
    return Response(text, status, headers, media_type="text/html")


def element(tag: str, text: str, **attributes: str) -> str:
    """One element with escaped text and attributes (`class_` for `class`)."""
    markup = "".join(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{markup}>{escape(text)}</{tag}>"


def stylesheet(href: str) -> str:
    """A link to a style sheet."""
    return f'<link rel="stylesheet" href="{escape(href)}">'
