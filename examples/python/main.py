"""Reads a pair of careers in two languages, and the list of careers page by page, with the client that was generated.

python main.py http://127.0.0.1:8000/graphql accountant actuary
"""

import json
import sys
from collections.abc import Iterator

from careers_client import Client, Outcome, PairComparisonGlanceRowsAMoneyRange


def slugs(client: Client) -> Iterator[str]:
    """The slugs of all careers."""
    after = None
    while (careers := client.careers(after=after).careers) is not None:
        yield from (edge.node.slug for edge in careers.edges)
        if not careers.page_info.has_next_page:
            return
        after = careers.page_info.end_cursor


def main(url: str, a: str, b: str) -> None:
    client = Client(url)
    pages = {locale: client.pair(a, b, locale).comparison for locale in ("en", "de")}
    rows = [row for page in pages.values() if page is not None for row in page.glance.rows]
    print(
        json.dumps(
            {
                "titles": {locale: page and page.title for locale, page in pages.items()},
                "ties": sum(row.outcome is Outcome.TIE for row in rows),
                "money": [row.a.display for row in rows if isinstance(row.a, PairComparisonGlanceRowsAMoneyRange)],
                "careers": len(list(slugs(client))),
            }
        )
    )


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: python main.py http://127.0.0.1:8000/graphql CAREER CAREER")
    main(*sys.argv[1:])
