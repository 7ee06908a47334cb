"""Writes the page of one comparison: python examples/first_page.py accountant actuary > page.html

The server is at http://127.0.0.1:8000/graphql; a third word names another.
"""

import json
import sys
from html import escape
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

SERVER = "http://127.0.0.1:8000/graphql"
QUERY = """query($a: String!, $b: String!) {
  comparison(a: $a, b: $b) {
    title
    a { title } b { title }
    editorial { introduction }
    summary { text }
    glance { rows { attribute { label } a { display } b { display } } }
    verdict { chooseA { reasons { text } } chooseB { reasons { text } } }
  }
}"""


def ask(query: str, variables: dict[str, Any], server: str = SERVER) -> Any:
    """The data of an answer. Raises SystemExit, with one line, where there is none."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    try:
        request = Request(server, body, {"content-type": "application/json"})  # noqa: S310 - our own server
        with urlopen(request, timeout=20) as response:  # noqa: S310
            answer = json.load(response)
        data, errors = answer.get("data"), answer.get("errors")
    except HTTPError as error:
        sys.exit(f"{server} answers {error.code}: is careergraph what listens there?")
    except (OSError, HTTPException) as error:
        sys.exit(f"no server answers at {server} ({error}): start one by `make serve`, or name it as the third word")
    except (ValueError, AttributeError):
        sys.exit(f"{server} does not answer in GraphQL: name the address of careergraph's /graphql as the third word")
    if errors or data is None:
        sys.exit("; ".join(map(explained, errors or ())) or "the answer holds no data")
    return data


def explained(error: Any) -> str:
    """What is wrong, and what may have been meant."""
    close = error.get("extensions", {}).get("suggestions")
    return str(error["message"]) + (f" Did you mean {', '.join(close)}?" if close else "")


def page(comparison: Any) -> str:
    """The page as HTML. A figure that nobody knows is a dash, and is not compared."""
    lines = [f"<!doctype html><meta charset=utf-8><title>{escape(comparison['title'])}</title>"]
    lines.append(f"<h1>{escape(comparison['title'])}</h1>")
    if (editorial := comparison["editorial"]) is not None and editorial["introduction"]:
        lines.append(f"<p class=editor>{escape(editorial['introduction'])}</p>")
    lines.append(f"<p>{escape(' '.join(it['text'] for it in comparison['summary']))}</p>")
    lines.append(f"<table><tr><th><th>{escape(comparison['a']['title'])}<th>{escape(comparison['b']['title'])}")
    for row in comparison["glance"]["rows"]:
        cells = [escape(row[side]["display"]) if row[side] else "–" for side in "ab"]
        lines.append(f"<tr><th>{escape(row['attribute']['label'])}<td>{cells[0]}<td>{cells[1]}")
    lines.append("</table>")
    for side in "ab":
        reasons = comparison["verdict"][f"choose{side.upper()}"]["reasons"]
        lines.append(f"<h2>Choose {escape(comparison[side]['title'])} if</h2><ul>")
        lines += [f"<li>{escape(reason['text'])}" for reason in reasons]
        lines.append("</ul>")
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(f"usage: {sys.argv[0]} CAREER CAREER [SERVER]")
    print(page(ask(QUERY, {"a": sys.argv[1], "b": sys.argv[2]}, *sys.argv[3:])["comparison"]))
