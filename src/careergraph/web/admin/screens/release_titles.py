"""Release titles: how the releases are called that other screens name."""

from collections.abc import Iterable

from careergraph.web.admin.visit import Visit


async def titles_of(visit: Visit, slugs: Iterable[str | None]) -> dict[str, str]:
    """Return the titles of releases by slug, of those that there are. Raises Failed and Refusal."""
    named = sorted({slug for slug in slugs if slug})[:100]
    if not named:
        return {}
    nodes = (await visit.ask("releases/titles", slugs=named, first=len(named)))["editor"]["releases"]["nodes"]
    return {each["slug"]: each["title"] for each in nodes}
