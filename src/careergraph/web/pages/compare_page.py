"""The page of a comparison, of two careers or of up to six."""

from careergraph.web.pages.comparison import comparison
from careergraph.web.pages.rendering.addresses import VERSUS
from careergraph.web.pages.rendering.render import Document
from careergraph.web.pages.rendering.visit import Failed, Moved, Visit
from careergraph.web.pages.several import several

MOST = 6
"""The most careers of one comparison."""


async def compare(visit: Visit) -> Document:
    """The comparison of the careers in the address. Raises Moved to the one order that has an address, and Failed."""
    slugs = slugs_of(visit)
    return await (comparison(visit, slugs) if len(slugs) == 2 else several(visit, slugs))


def slugs_of(visit: Visit) -> list[str]:
    """The careers in the address of a comparison. Raises Failed where they are none, and Moved where it is one."""
    slugs = [slug for slug in visit.names["slugs"].split(VERSUS) if slug]
    if len(slugs) > MOST:
        raise Failed("At most six careers are compared at once.", {"code": "TOO_MANY", "maximum": MOST})
    if len(set(slugs)) < len(slugs):
        raise Failed("A career is compared with itself.", {"code": "SAME_CAREER"})
    if len(slugs) == 1:
        raise Moved(visit.addresses.link(f"/careers/{slugs[0]}"))
    return slugs
