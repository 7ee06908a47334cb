"""Writes the page of one comparison: python examples/first_page.py accountant actuary > page.html"""

import json
import sys
from html import escape
from typing import Any
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


def ask(query: str, variables: dict[str, Any]) -> Any:
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = Request(SERVER, body, {"content-type": "application/json"})
    with urlopen(request) as response:  # noqa: S310
        return json.load(response)["data"]


def page(comparison: Any) -> str:
    """The page as HTML. A figure that nobody knows is a dash, and is not compared."""
    lines = [f"<!doctype html><meta charset=utf-8><title>{escape(comparison['title'])}</title>"]
    lines.append(f"<h1>{escape(comparison['title'])}</h1>")
    if (editorial := comparison["editorial"]) is not None and editorial["introduction"]:
        lines.append(f"<p class=editor>{escape(editorial['introduction'])}</p>")
    lines.append(f"<p>{escape(' '.join(it['text'] for it in comparison['summary']))}</p>")
    lines.append(f"<table><tr><th><th>{escape(comparison['a']['title'])}<th>{escape(comparison['b']['title'])}")
    for row in comparison["glance"]["rows"]:
        shown = [escape(row[side]["display"]) if row[side] else "–" for side in "ab"]
        lines.append(f"<tr><th>{escape(row['attribute']['label'])}<td>{shown[0]}<td>{shown[1]}")
    lines.append("</table>")
    for side in "ab":
        reasons = comparison["verdict"][f"choose{side.upper()}"]["reasons"]
        lines.append(f"<h2>Choose {escape(comparison[side]['title'])} if</h2><ul>")
        lines += [f"<li>{escape(reason['text'])}" for reason in reasons]
        lines.append("</ul>")
    return "\n".join(lines)


if __name__ == "__main__":
    print(page(ask(QUERY, {"a": sys.argv[1], "b": sys.argv[2]})["comparison"]))
