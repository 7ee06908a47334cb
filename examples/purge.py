"""Which tags to purge from a CDN when careergraph says that something was published.

A cache that knows answers by their `Surrogate-Key` (Fastly) or `Cache-Tag` (Cloudflare, and others) header forgets just
those that the publish may have changed. Purge at once, and once more when whatever stands between the CDN and the
servers has forgotten too, which is after `max_age_seconds` and `stale_seconds`.
"""

from collections.abc import Mapping
from typing import Any

PLURAL = {"category": "categories"}


def tags(message: Mapping[str, Any]) -> list[str]:
    """The tags to purge for a verified `catalog.published` message: those of the documents, those of all of their kind,
    and `catalog`, which is on answers that any publish may change."""
    documents = message["data"]["documents"]
    # Without documents others became the nearest of some careers, and the grades of moves follow from these.
    names = {"catalog": None} if documents else {"catalog": None, "neighbours": None}
    for document in documents:
        kind = document["type"]
        names[PLURAL.get(kind, f"{kind}s")] = None
        for slug in (document["slug"], document.get("renamed")):
            if slug is not None:
                names[f"{kind}:{slug}"] = None
    return list(names)
