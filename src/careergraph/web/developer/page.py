"""HTML pages of our own: escaped, without inline scripts, under a strict content security policy."""

from html import escape

from starlette.responses import Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What a page of ours may load: its own files and nothing else."""

_SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
{head}
</head>
<body>
{body}
</body>
</html>
"""


def html(title: str, head: str, body: str, policy: str = POLICY, status: int = 200) -> Response:
    """A page. `head` and `body` are HTML already; the title is escaped here."""
    headers = {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    text = _SHELL.format(title=escape(title), head=head, body=body)
    return Response(text, status, headers, media_type="text/html")


def element(tag: str, text: str, **attributes: str) -> str:
    """One element with escaped text and attributes (`class_` for `class`)."""
    markup = "".join(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{markup}>{escape(text)}</{tag}>"


def stylesheet(href: str) -> str:
    """A link to a style sheet."""
    return f'<link rel="stylesheet" href="{escape(href)}">'


def script(src: str) -> str:
    """A script from a file of ours."""
    return f'<script src="{escape(src)}" defer></script>'
