"""Keep documents under whatever names they have had, with one history each; and what made a revision

Revision ID: 0021
Revises: 0020
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

PREFIX = "careergraph_"
DOCUMENT = f"{PREFIX}document"
PRESENT = "live OR draft IS NOT NULL OR archived"
SEED = "seed:"

INTEGERS = "id document_id number version last published draft base release_revision revision sequence"
TYPES: Mapping[str, Any] = {
    **dict.fromkeys(INTEGERS.split(), sa.Integer()),
    **dict.fromkeys(("live", "review", "archived", "cancelled"), sa.Boolean()),
    **dict.fromkeys(("body", "detail", "selection"), sa.JSON(none_as_null=True)),
    **dict.fromkeys(("created_at", "changed_at", "at"), sa.DateTime(timezone=True)),
}
ON_DESK = ("draft", "base", "review", "release", "release_revision", "archived")
BATCH = 500

Key = tuple[str, str]
Versioned = tuple[int, Key]
Place = tuple[str, str, int]


def table(name: str, columns: str) -> sa.TableClause:
    return sa.table(PREFIX + name, *[sa.column(it, TYPES.get(it, sa.String())) for it in columns.split()])


DOCUMENTS = table(
    "document",
    "id document_type slug title changed_at changed_by last published live " + " ".join(ON_DESK),
)
REVISIONS = table("revision", "id document_id document_type slug number body author note created_at version cause")
STATES = table("document_state", "document_type slug " + " ".join(ON_DESK))
SCHEDULES = table("schedule", "id document_id document_type slug revision")
IMPORTS = table("imported", "id document_id document_type slug number")
AUDIT = table("audit", "sequence at verb document_type slug detail document_id")
TOKENS = table("token", "id selection")
REDIRECTS = table("redirect_change", "id version document_type old new")


@dataclass(slots=True, eq=False)
class Segment:
    """Revisions of a document under one name, oldest first: from the version of the rename that it began with, to that
    of the rename that it ended with, and to what."""

    rows: list[Any] = field(default_factory=list)
    begun_at: int | None = None
    to: Versioned | None = None


def upgrade() -> None:
    create_documents()
    with op.batch_alter_table(f"{PREFIX}revision") as batch:
        batch.drop_constraint(op.f(f"uq_{PREFIX}revision_document_type_slug_number"), type_="unique")
        batch.add_column(sa.Column("document_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("cause", sa.String(), nullable=True))
    for name in ("audit", "schedule", "imported"):
        op.add_column(PREFIX + name, sa.Column("document_id", sa.Integer(), nullable=True))
    join_histories(op.get_bind())
    with op.batch_alter_table(f"{PREFIX}revision") as batch:
        batch.alter_column("document_id", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("cause", existing_type=sa.String(), nullable=False)
        batch.create_unique_constraint(op.f(f"uq_{PREFIX}revision_document_id_number"), ["document_id", "number"])
        point_to_document(batch, "revision")
    op.create_index(op.f(f"ix_{PREFIX}revision_document_type_slug"), f"{PREFIX}revision", ["document_type", "slug"])
    with op.batch_alter_table(f"{PREFIX}schedule") as batch:
        batch.drop_constraint(op.f(f"ck_{PREFIX}schedule_document"), type_="check")
        batch.drop_constraint(op.f(f"ck_{PREFIX}schedule_one_thing"), type_="check")
        batch.create_check_constraint(
            op.f(f"ck_{PREFIX}schedule_one_thing"), sa.text("(document_id IS NULL) <> (release IS NULL)")
        )
        batch.drop_column("document_type")
        batch.drop_column("slug")
        point_to_document(batch, "schedule")
    op.drop_index(op.f(f"ix_{PREFIX}imported_document_type_slug"), f"{PREFIX}imported")
    with op.batch_alter_table(f"{PREFIX}imported") as batch:
        batch.alter_column("document_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("document_type")
        batch.drop_column("slug")
        point_to_document(batch, "imported")
    for name in ("revision", "schedule", "imported", "audit"):
        op.create_index(op.f(f"ix_{PREFIX}{name}_document_id"), PREFIX + name, ["document_id"])
    op.drop_table(f"{PREFIX}document_state")


def create_documents() -> None:
    op.create_table(
        DOCUMENT,
        sa.Column("id", sa.Integer(), nullable=False),
        *[sa.Column(name, sa.String(), nullable=False) for name in ("document_type", "slug", "title")],
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        *state_columns(),
        sa.ForeignKeyConstraint(
            ["release"], [f"{PREFIX}release.slug"], name=op.f(f"fk_{DOCUMENT}_release"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{DOCUMENT}")),
    )
    op.create_index(op.f(f"ix_{DOCUMENT}_document_type_slug"), DOCUMENT, ["document_type", "slug"])
    op.create_index(op.f(f"ix_{DOCUMENT}_release"), DOCUMENT, ["release"])
    present = {"sqlite_where": sa.text(PRESENT), "postgresql_where": sa.text(PRESENT)}
    op.create_index(f"uq_{DOCUMENT}_present", DOCUMENT, ["document_type", "slug"], unique=True, **present)


def state_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("draft", sa.Integer(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("review", sa.Boolean(), nullable=False),
        sa.Column("release", sa.String(), nullable=True),
        sa.Column("release_revision", sa.Integer(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False),
    ]


def point_to_document(batch: Any, name: str) -> None:
    constraint = op.f(f"fk_{PREFIX}{name}_document_id")
    batch.create_foreign_key(constraint, DOCUMENT, ["document_id"], ["id"], ondelete="RESTRICT")


def join_histories(connection: sa.Connection) -> None:
    """Make a document of each history, joined with that under the name before where it was renamed."""
    by_key: dict[Key, list[Any]] = defaultdict(list)
    for row in connection.execute(revisions_without_bodies().order_by(REVISIONS.c.number)):
        by_key[key_of(row)].append(row)
    renames = dict(renames_of(connection, by_key))
    segments = {key: list(split(key, rows, renames)) for key, rows in by_key.items()}
    states = {key_of(row): row for row in connection.execute(sa.select(STATES))}
    cause_of = causes(connection, {version for version, _ in renames})
    places: dict[Place, tuple[int, int]] = {}
    owners: dict[Key, list[tuple[Any, int]]] = defaultdict(list)
    documents, changed = [], []
    for ident, chain in enumerate(chains(segments), 1):
        rows = [row for segment in chain for row in segment.rows]
        for number, row in enumerate(rows, 1):
            places[(*key_of(row), row.number)] = ident, number
            changed.append({"key": row.id, "document_id": ident, "number": number, "cause": cause_of(row)})
        for segment in chain:
            owners[key_of(segment.rows[0])].append((segment.rows[0].created_at, ident))
        key = key_of(rows[-1])
        state = states.get(key) if segments[key][-1] is chain[-1] else None
        documents.append(document_of(ident, rows, state, places))
    name_documents(connection, documents)
    halves = [{"key": it} for it in halves_of(by_key, renames)]
    run(connection, sa.delete(REVISIONS).where(REVISIONS.c.id == sa.bindparam("key")), halves)
    run(connection, sa.insert(DOCUMENTS), documents)
    if connection.dialect.name == "postgresql":  # ids of further documents come from a sequence
        connection.execute(
            sa.text(f"SELECT setval(pg_get_serial_sequence('{DOCUMENT}', 'id'), {len(documents) + 1}, false)")
        )
    run(connection, update_by(REVISIONS.c.id, "document_id", "number", "cause"), changed)
    follow(connection, places, owners)


def revisions_without_bodies(*more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    names = ("id", "document_type", "slug", "number", "author", "note", "created_at", "version")
    return sa.select(*[REVISIONS.c[name] for name in names], *more, REVISIONS.c.body.is_(None).label("removes"))


def key_of(row: Any) -> Key:
    return row.document_type, row.slug


def renames_of(connection: sa.Connection, by_key: Mapping[Key, Sequence[Any]]) -> Iterator[tuple[Versioned, Key]]:
    """Yield what was renamed at a version, and to what: where a redirect begins at a version that removed the old name
    and published the new one; and the pairs of a renamed career."""
    published = [(row, key) for key, rows in by_key.items() for row in rows if row.version is not None]
    removed = {(row.version, key) for row, key in published if row.removes}
    added = {(row.version, key) for row, key in published if not row.removes}
    careers: dict[tuple[int, str], str] = {}
    for row in connection.execute(sa.select(REDIRECTS).where(REDIRECTS.c.new.is_not(None))):
        old, new = (row.document_type, row.old), (row.document_type, row.new)
        if (row.version, old) in removed and (row.version, new) in added:
            yield (row.version, old), new
            if row.document_type == "career":
                careers[row.version, row.old] = row.new
    for version, (type_name, slug) in removed:
        if type_name == "pair":
            new = "pair", "-vs-".join(sorted(careers.get((version, it), it) for it in slug.split("-vs-")))
            if new[1] != slug and (version, new) in added:
                yield (version, ("pair", slug)), new


def split(key: Key, rows: Sequence[Any], renames: Mapping[Versioned, Key]) -> Iterator[Segment]:
    """Yield the segments of a name: one ends where its document takes another name, and one begins where a document
    takes this name."""
    begins = {version for (version, _), to in renames.items() if to == key}
    segment = Segment()
    for row in rows:
        ends = row.removes and (row.version, key) in renames
        if segment.rows and (ends or (row.version in begins and not row.removes)):
            segment.to = (row.version, renames[row.version, key]) if ends else None
            yield segment
            segment = Segment()
        if not ends:
            segment.begun_at = row.version if not segment.rows and row.version in begins else segment.begun_at
            segment.rows.append(row)
    if segment.rows:
        yield segment


def chains(segments: Mapping[Key, Sequence[Segment]]) -> Iterator[list[Segment]]:
    """Yield the segments of each document, oldest first, by the age of the documents."""
    begun = {(it.begun_at, key): it for key, its in segments.items() for it in its if it.begun_at is not None}
    every = [it for its in segments.values() for it in its]
    later = {id(begun[it.to]) for it in every if it.to is not None}
    for first in sorted([it for it in every if id(it) not in later], key=lambda it: it.rows[0].id):
        chain = [first]
        while (to := chain[-1].to) is not None:
            chain.append(begun[to])
        yield chain


def halves_of(by_key: Mapping[Key, Sequence[Any]], renames: Mapping[Versioned, Key]) -> Iterator[int]:
    """Yield the ids of the removals that were halves of renames: the revision under the new name says it all."""
    for key, rows in by_key.items():
        yield from (row.id for row in rows if row.removes and (row.version, key) in renames)


def causes(connection: sa.Connection, renamed: set[int]) -> Callable[[Any], str]:
    """Return the function that says what made a revision, as far as the audit log and the imports tell."""
    imported = {(*key_of(row), row.number) for row in connection.execute(sa.select(IMPORTS))}
    verbs = sa.select(AUDIT).where(AUDIT.c.verb.in_(("revert", "archive")))
    done = [row for row in connection.execute(verbs) if row.detail]
    reverted = {(*key_of(row), row.detail.get("revision")) for row in done if row.verb == "revert"}
    archived = {row.detail.get("version") for row in done if row.verb == "archive"}

    def cause_of(row: Any) -> str:
        place = (*key_of(row), row.number)
        if row.version is None:
            return "REVERTED" if place in reverted else "IMPORTED" if place in imported else "SAVED"
        if row.version in renamed:
            return "RENAMED"
        if row.removes:
            return "ARCHIVED" if row.version in archived else "UNPUBLISHED"
        return "LOADED" if row.author.startswith(SEED) else "PUBLISHED"

    return cause_of


def document_of(ident: int, rows: Sequence[Any], state: Any, places: Mapping[Place, tuple[int, int]]) -> dict[str, Any]:
    """Return the row of a document. Its title is in the revision whose id is there in the place of a title."""
    key = key_of(rows[-1])
    published = [number for number, row in enumerate(rows, 1) if row.version is not None]
    cells: dict[str, Any] = dict.fromkeys(ON_DESK) | {"review": False, "archived": False}
    if state is not None:
        cells |= {"review": state.review, "release": state.release, "archived": state.archived}
        for name in ("draft", "base", "release_revision"):
            place = places.get((*key, getattr(state, name)))
            cells[name] = place[1] if place is not None and place[0] == ident else None
    newest = max(cells["draft"] or 0, published[-1] if published else 0) or len(rows)
    titled = next((row for row in reversed(rows[:newest]) if not row.removes), rows[newest - 1])
    return cells | {
        "id": ident,
        "document_type": key[0],
        "slug": key[1],
        "title": titled.id,
        "changed_at": rows[newest - 1].created_at,
        "changed_by": rows[newest - 1].author,
        "last": len(rows),
        "published": published[-1] if published else None,
        "live": bool(published) and not rows[published[-1] - 1].removes,
    }


def name_documents(connection: sa.Connection, documents: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(documents), BATCH):
        some = {it["title"]: it for it in documents[start : start + BATCH]}
        query = sa.select(REVISIONS.c.id, REVISIONS.c.body).where(REVISIONS.c.id.in_(some))
        for ident, body in connection.execute(query):
            some[ident]["title"] = title_of(body or {}) or some[ident]["slug"]


def title_of(body: Mapping[str, Any]) -> str:
    written = next((body[name] for name in ("title", "name", "label") if body.get(name)), "")
    return str(written.get("en", "")) if isinstance(written, Mapping) else str(written)


def follow(
    connection: sa.Connection,
    places: Mapping[Place, tuple[int, int]],
    owners: Mapping[Key, Sequence[tuple[Any, int]]],
) -> None:
    """Let schedules, imports and the audit log point to documents, and to revisions by their new numbers."""
    schedules, imports = [], []
    for row in connection.execute(sa.select(SCHEDULES).where(SCHEDULES.c.slug.is_not(None))).all():
        ident, number = places.get((*key_of(row), row.revision), (owner(owners, row), row.revision))
        schedules.append({"key": row.id, "document_id": ident, "revision": number})
    for row in connection.execute(sa.select(IMPORTS)).all():
        ident, number = places.get((*key_of(row), row.number), (owner(owners, row), row.number))
        imports.append({"key": row.id, "document_id": ident, "number": number})
    columns = [AUDIT.c[name] for name in ("sequence", "at", "document_type", "slug")]
    rows = connection.execute(sa.select(*columns).where(AUDIT.c.slug.is_not(None))).all()
    entries = [{"key": row.sequence, "document_id": owner(owners, row, row.at)} for row in rows]
    run(connection, update_by(SCHEDULES.c.id, "document_id", "revision"), schedules)
    run(connection, update_by(IMPORTS.c.id, "document_id", "number"), imports)
    run(connection, update_by(AUDIT.c.sequence, "document_id"), entries)


def owner(owners: Mapping[Key, Sequence[tuple[Any, int]]], row: Any, at: Any = None) -> int | None:
    """The document that had the name of a row at an instant, or has it last; None where none ever did."""
    those = owners.get(key_of(row), ())
    before = [ident for since, ident in those if at is None or since <= at] or [ident for _, ident in those[:1]]
    return before[-1] if before else None


def update_by(column: sa.ColumnElement[Any], *names: str) -> sa.Update:
    values = {name: sa.bindparam(name) for name in names}
    return sa.update(column.table).where(column == sa.bindparam("key")).values(values)


def run(connection: sa.Connection, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


def downgrade() -> None:
    """Histories are divided by names again; of two documents of one name, the later one's follows the earlier one's."""
    op.create_table(
        f"{PREFIX}document_state",
        *[sa.Column(name, sa.String(), nullable=False) for name in ("document_type", "slug")],
        *state_columns(),
        sa.ForeignKeyConstraint(
            ["release"],
            [f"{PREFIX}release.slug"],
            name=op.f(f"fk_{PREFIX}document_state_release"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("document_type", "slug", name=op.f(f"pk_{PREFIX}document_state")),
    )
    op.create_index(op.f(f"ix_{PREFIX}document_state_release"), f"{PREFIX}document_state", ["release"])
    for name in ("revision", "schedule", "imported", "audit"):
        op.drop_index(op.f(f"ix_{PREFIX}{name}_document_id"), PREFIX + name)
    op.drop_index(op.f(f"ix_{PREFIX}revision_document_type_slug"), f"{PREFIX}revision")
    with op.batch_alter_table(f"{PREFIX}revision") as batch:
        batch.drop_constraint(op.f(f"uq_{PREFIX}revision_document_id_number"), type_="unique")
        batch.drop_constraint(op.f(f"fk_{PREFIX}revision_document_id"), type_="foreignkey")
        batch.alter_column("document_id", existing_type=sa.Integer(), nullable=True)
        batch.alter_column("cause", existing_type=sa.String(), nullable=True)
    for name in ("schedule", "imported"):
        for column in ("document_type", "slug"):
            op.add_column(PREFIX + name, sa.Column(column, sa.String(), nullable=True))
    divide_histories(op.get_bind())
    with op.batch_alter_table(f"{PREFIX}revision") as batch:
        batch.create_unique_constraint(
            op.f(f"uq_{PREFIX}revision_document_type_slug_number"), ["document_type", "slug", "number"]
        )
        batch.drop_column("document_id")
        batch.drop_column("cause")
    with op.batch_alter_table(f"{PREFIX}schedule") as batch:
        batch.drop_constraint(op.f(f"fk_{PREFIX}schedule_document_id"), type_="foreignkey")
        batch.drop_constraint(op.f(f"ck_{PREFIX}schedule_one_thing"), type_="check")
        batch.drop_column("document_id")
        batch.create_check_constraint(
            op.f(f"ck_{PREFIX}schedule_document"), sa.text("(document_type IS NULL) = (slug IS NULL)")
        )
        batch.create_check_constraint(
            op.f(f"ck_{PREFIX}schedule_one_thing"), sa.text("(slug IS NULL) <> (release IS NULL)")
        )
    with op.batch_alter_table(f"{PREFIX}imported") as batch:
        batch.drop_constraint(op.f(f"fk_{PREFIX}imported_document_id"), type_="foreignkey")
        batch.drop_column("document_id")
        for column in ("document_type", "slug"):
            batch.alter_column(column, existing_type=sa.String(), nullable=False)
    op.create_index(op.f(f"ix_{PREFIX}imported_document_type_slug"), f"{PREFIX}imported", ["document_type", "slug"])
    op.drop_column(f"{PREFIX}audit", "document_id")
    forget_documents(op.get_bind())
    op.drop_table(DOCUMENT)


def forget_documents(connection: sa.Connection) -> None:
    """Leave previews with names alone: documents may have other ids after the next upgrade."""
    rows = connection.execute(sa.select(TOKENS).where(TOKENS.c.selection.is_not(None))).all()
    selections = {row.id: {name: row.selection[name] for name in row.selection if name != "documents"} for row in rows}
    changed = [{"key": ident, "selection": selection} for ident, selection in selections.items()]
    run(connection, update_by(TOKENS.c.id, "selection"), changed)


def divide_histories(connection: sa.Connection) -> None:
    """Number the revisions of each name, with a removal of each name that a document no longer has."""
    query = revisions_without_bodies(REVISIONS.c.document_id)
    rows = connection.execute(query.order_by(REVISIONS.c.document_id, REVISIONS.c.number)).all()
    by_key: dict[Key, list[tuple[float, Any, bool]]] = defaultdict(list)
    live: dict[int, Key | None] = {}
    for row in rows:
        by_key[key_of(row)].append((row.id, row, False))
        if row.version is not None:
            former = live.get(row.document_id)
            if former is not None and former != key_of(row):
                by_key[former].append((row.id, row, True))
            live[row.document_id] = None if row.removes else key_of(row)
    places: dict[tuple[int, int | None], tuple[Key, int]] = {}
    changed, halves = [], []
    for key, those in by_key.items():
        for number, (_, row, half) in enumerate(sorted(those, key=lambda it: it[0]), 1):
            if half:
                common = {name: getattr(row, name) for name in ("author", "note", "created_at", "version")}
                halves.append({"document_type": key[0], "slug": key[1], "number": number, **common})
            else:
                places[row.document_id, row.number] = key, number
                changed.append({"key": row.id, "number": number})
    run(connection, update_by(REVISIONS.c.id, "number"), changed)
    run(connection, sa.insert(REVISIONS), halves)
    name_again(connection, places)


def name_again(connection: sa.Connection, places: Mapping[tuple[int, int | None], tuple[Key, int]]) -> None:
    """Let states, schedules and imports point to documents by their names."""
    keys, states, schedules, imports = {}, [], [], []
    for row in connection.execute(sa.select(DOCUMENTS)):
        keys[row.id] = key = key_of(row)
        if row.draft is not None or row.archived:
            numbers = {name: places.get((row.id, getattr(row, name))) for name in ("draft", "base", "release_revision")}
            cells = {
                name: place[1] if place is not None and place[0] == key else None for name, place in numbers.items()
            }
            cells |= {name: getattr(row, name) for name in ("review", "release", "archived")}
            states.append({"document_type": key[0], "slug": key[1], **cells})
    for row in connection.execute(sa.select(SCHEDULES.c.id, SCHEDULES.c.document_id, SCHEDULES.c.revision)).all():
        if row.document_id is not None:
            _, number = places.get((row.document_id, row.revision), (None, row.revision))
            key = keys[row.document_id]
            schedules.append({"key": row.id, "document_type": key[0], "slug": key[1], "revision": number})
    for row in connection.execute(sa.select(IMPORTS.c.id, IMPORTS.c.document_id, IMPORTS.c.number)).all():
        key, number = places.get((row.document_id, row.number), (keys[row.document_id], row.number))
        imports.append({"key": row.id, "document_type": key[0], "slug": key[1], "number": number})
    run(connection, sa.insert(STATES), states)
    run(connection, update_by(SCHEDULES.c.id, "document_type", "slug", "revision"), schedules)
    run(connection, update_by(IMPORTS.c.id, "document_type", "slug", "number"), imports)
