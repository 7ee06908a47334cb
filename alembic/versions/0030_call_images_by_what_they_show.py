"""Call images in lists by what they show; `index_all` indexes them anew

Revision ID: 0030
Revises: 0029
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

DOCUMENT = sa.table(
    "careergraph_document", *map(sa.column, ("id", "document_type", "slug", "title", "draft", "published"))
)
REVISION = sa.table(
    "careergraph_revision", sa.column("document_id"), sa.column("number"), sa.column("body", sa.JSON(none_as_null=True))
)
INDEX = sa.table("careergraph_document_index", sa.column("document_id"))
IMAGES = DOCUMENT.c.document_type == "image"
DEFAULT_LOCALE = "en"


def upgrade() -> None:
    newest = sa.func.coalesce(DOCUMENT.c.draft, DOCUMENT.c.published) == REVISION.c.number
    query = sa.select(DOCUMENT.c.id, REVISION.c.body).where(IMAGES, REVISION.c.document_id == DOCUMENT.c.id, newest)
    for ident, body in op.get_bind().execute(query).all():
        alt = (body or {}).get("alt")
        if isinstance(alt, Mapping) and alt.get(DEFAULT_LOCALE):
            op.execute(sa.update(DOCUMENT).where(DOCUMENT.c.id == ident).values(title=str(alt[DEFAULT_LOCALE])))
    _forget_index()


def downgrade() -> None:
    op.execute(sa.update(DOCUMENT).where(IMAGES).values(title=DOCUMENT.c.slug))
    _forget_index()


def _forget_index() -> None:
    op.execute(sa.delete(INDEX).where(INDEX.c.document_id.in_(sa.select(DOCUMENT.c.id).where(IMAGES))))
