"""Puts frozen content into the tables as revision 0001 made them, and takes it out again.

Frozen itself: it reads `seed/NNNN/` and states the tables that it needs. A data migration loads it by path. As long as
these tables do not change, later seeds use it too; once they do, later seeds get a `seeding_NNNN.py` of their own.

What an editor did stands. A document counts as edited when its last revision is not the seed's, or when its rows are
no longer what the seed wrote; a document that an editor removed has a last revision too, and does not come back.
History stays whole: what is taken back gets a revision that says so, unless the database never held but seeds.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

Body = dict[str, Any]
Cells = dict[str, Any]
Rows = dict[str, list[Cells]]  # by the name of their table
Key = tuple[str, str]  # type and ident

FOLDERS = {  # each after those that it refers to: its type, and the field that it is known by
    "locales": ("locale", "code"),
    "sources": ("source", "slug"),
    "attributes": ("attribute", "key"),
    "categories": ("category", "slug"),
    "skills": ("skill", "slug"),
    "careers": ("career", "slug"),
    "collections": ("collection", "slug"),
}
WORDS = ("locale", "attribute")  # what every catalog is written with; all else that a seed brings is a demonstration
VALUES = "values"  # the folder of values for careers that an earlier seed brought, of attributes that this one brings

INTS = "id position decimals months skill_position stage_position version number last published draft"
JSONS = "money periods phrases label options name summary aliases family title method text resources"
TYPES: dict[str, Any] = {
    **dict.fromkeys(INTS.split(), sa.Integer()),
    **dict.fromkeys(JSONS.split(), sa.JSON()),
    **dict.fromkeys(("image", "body"), sa.JSON(none_as_null=True)),
    **dict.fromkeys(("in_summary", "yes", "live", "review", "archived"), sa.Boolean()),
    **dict.fromkeys(("scale", "low", "high", "interval_low", "interval_high"), sa.Double()),
    **dict.fromkeys(("published_at", "created_at", "changed_at"), sa.DateTime(timezone=True)),
    "observed_on": sa.Date(),
}
PLAIN = {("locale", "name"), ("source", "title"), ("document", "title")}  # texts that are no JSON
FIGURE = "low high currency period basis number unit interval_low interval_high level yes choice"

OWN = {
    "locale": "id code name fallback plural decimal group money periods phrases",
    "source": "id slug title publisher kind url licence credit vintage",
    "attribute": "id key label kind better position unit scale decimals options phrases in_summary transition_role",
    "category": "id slug name summary",
    "skill": "id slug name aliases family",
    "career": "id slug title summary category_id aliases image",
    "collection": "id slug title summary",
}
PARTS = {  # the tables inside of documents by type, each after those that it points to
    "skill": {
        "skill_relation": "skill_id kind position other_id",
        "skill_external_id": "skill_id position scheme external_id",
    },
    "career": {
        "career_external_id": "career_id position scheme external_id",
        "value": f"career_id position attribute_id source_id observed_on method published_for region {FIGURE}",
        "career_skill": "career_id position text",
        "career_skill_concept": "career_id skill_position position skill_id proposed_by accepted_by",
        "roadmap_stage": "career_id position title summary months resources",
        "stage_skill": "career_id stage_position position skill_id",
    },
    "collection": {"collection_career": "collection_id position career_id"},
}
POINTERS = {  # the columns that point to another document, and to which type
    "category_id": "category",
    "attribute_id": "attribute",
    "source_id": "source",
    "skill_id": "skill",
    "other_id": "skill",
    "career_id": "career",
}


def column(table: str, name: str) -> "sa.ColumnClause[Any]":
    if (table, name) in PLAIN:
        return sa.column(name, sa.String())
    if table == "value" and name == "number":
        return sa.column(name, sa.Double())
    return sa.column(name, TYPES.get(name, sa.Integer() if name.endswith("_id") else sa.String()))


def table(name: str, columns: str) -> sa.TableClause:
    table_columns = [sa.column(it, sa.String()) if it == "external_id" else column(name, it) for it in columns.split()]
    return sa.table(f"careergraph_{name}", *table_columns)


TABLES = {name: table(name, columns) for tables in (OWN, *PARTS.values()) for name, columns in tables.items()}
VERSION = table("catalog_version", "version published_at note")
REVISION = table("revision", "id document_type slug number body author note created_at version")
# tables of revision 0021 and later keep documents, which revisions belong to
OWNED = table("revision", "document_id document_type slug number body author note created_at version cause")
DOCUMENT = table(
    "document", "id document_type slug title changed_at changed_by last published live draft review archived"
)


def seed(connection: sa.Connection, folder: Path, author: str, config: Any = None) -> None:
    """Inserts the documents of a folder that are new, and the values of its new attributes, as one catalog version.
    The `config` of an upgrade may leave the demonstration out."""
    documents, values = read(folder)
    live, past = idents(connection), histories(connection)
    if is_bare(past, config):
        documents, values = words(documents), []
    fresh = {key: body for key, body in documents.items() if key not in live and is_new(past.get(key, []), author)}
    fresh = resolved(fresh, live.keys())
    added = with_new_values(values, fresh, live, past)
    if not fresh and not added:
        return
    stamp = new_version(connection, author, author)
    for type_name, _ in FOLDERS.values():
        insert(connection, {key: body for key, body in fresh.items() if key[0] == type_name})
    for key, body in added.items():
        insert_new_values(connection, key, body)
    record(connection, {**fresh, **added}, past, stamp)
    settle(connection)


def unseed(connection: sa.Connection, author: str) -> None:
    """Takes out what `seed` put in under this author's name, but for what was edited and what that refers to."""
    live, past, ids = rows_of_all(connection), histories(connection), idents(connection)
    mine = {key for key, rows in live.items() if is_untouched(key, rows, past.get(key, []), author, ids)}
    brought = {key for key in mine if past[key][0].author == author}
    if not mine:
        return
    stamp = new_version(connection, author, f"{author} taken back")
    for key in sorted(mine - brought):
        before = next(it for it in reversed(past[key]) if it.author != author and it.version is not None)
        take_back_values(connection, key, before.body, live, ids)
        record(connection, {key: before.body}, past, {**stamp, "author": before.author})
    gone = unneeded(brought, live, ids)
    delete(connection, gone, ids)
    record(connection, dict.fromkeys(gone), past, stamp)
    if live.keys() == gone and all(it.author.startswith("seed:") for revisions in past.values() for it in revisions):
        connection.execute(sa.delete(REVISION))
        if has_documents(connection):
            connection.execute(sa.delete(DOCUMENT))
        connection.execute(sa.delete(VERSION))
    settle(connection)


def is_bare(past: dict[Key, list[Any]], config: Any = None) -> bool:
    """Whether the demonstration stays out: this upgrade says so of a new database (`-x seed=no`), or an earlier one
    said so, and no seed brought any of it."""
    seeded = {type_name for (type_name, _), its in past.items() if any(it.author.startswith("seed:") for it in its)}
    if seeded or config is None:
        return bool(seeded) and seeded <= {*WORDS}
    options = getattr(getattr(config, "cmd_opts", None), "x", None) or ()
    return "seed=no" in options or config.attributes.get("seed") is False


def words(documents: dict[Key, Body]) -> dict[Key, Body]:
    """The documents that a catalog without a demonstration has too."""
    return {key: body for key, body in documents.items() if key[0] in WORDS}


def settle(connection: sa.Connection) -> None:
    """Has the deferred checks done: PostgreSQL refuses to change a table that waits for one, as a migration after this
    may want to."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))


def read(folder: Path) -> tuple[dict[Key, Body], list[Body]]:
    """The documents of a folder, each after those that it refers to, and its values for careers of earlier seeds."""
    documents: dict[Key, Body] = {}
    for name, (type_name, ident) in FOLDERS.items():
        for body in bodies(folder / name):
            documents[(type_name, body[ident])] = body
    return documents, bodies(folder / VALUES)


def bodies(folder: Path) -> list[Body]:
    contents: list[Body] = []
    for path in sorted(folder.glob("[!.]*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        contents.extend(content if isinstance(content, list) else [content])
    return contents


def references(key: Key, body: Body) -> set[Key]:
    """What a document refers to."""
    keys: set[Key] = set()
    if body.get("fallback"):
        keys.add(("locale", body["fallback"]))
    keys |= {("skill", slug) for slug in [*body.get("broader", []), *body.get("related", [])]}
    keys |= {("career", slug) for slug in body.get("careers", [])}
    if key[0] == "career":
        keys.add(("category", body["category"]))
        for value in body.get("values", []):
            keys |= {("attribute", value["attribute"]), ("source", value["source"])}
        for skill in body.get("skills", []):
            keys |= {("skill", link["skill"]) for link in skill.get("concepts", [])}
        for stage in body.get("roadmap", []):
            keys |= {("skill", slug) for slug in stage.get("skills", [])}
    return keys


def resolved(fresh: dict[Key, Body], live: Any) -> dict[Key, Body]:
    """Without those that refer, at whatever remove, to what an editor took away."""
    kept = dict(fresh)
    while lost := [key for key, body in kept.items() if references(key, body) - kept.keys() - live]:
        for key in lost:
            del kept[key]
    return kept


def unneeded(gone: set[Key], live: dict[Key, Rows], ids: dict[Key, int]) -> set[Key]:
    """Without those that something which stays points to, at whatever remove."""
    idents_of = {(type_name, number): (type_name, ident) for (type_name, ident), number in ids.items()}
    while True:
        needed = {target for key in live.keys() - gone for target in targets(key, live[key], idents_of)}
        if not needed & gone:
            return gone
        gone = gone - needed


def targets(key: Key, rows: Rows, idents_of: dict[tuple[str, int], Key]) -> set[Key]:
    """What the rows of a document point to."""
    owner = f"{key[0]}_id"
    keys = {
        idents_of[(POINTERS[name], cell)]
        for table_rows in rows.values()
        for cells in table_rows
        for name, cell in cells.items()
        if name in POINTERS and name != owner
    }
    fallback = rows[key[0]][0].get("fallback")
    return keys | {("locale", fallback)} if fallback else keys


def idents(connection: sa.Connection) -> dict[Key, int]:
    """The id of each live document."""
    numbers: dict[Key, int] = {}
    for type_name, ident in FOLDERS.values():
        columns = TABLES[type_name].c
        for name, number in connection.execute(sa.select(columns[ident], columns.id)):
            numbers[(type_name, name)] = number
    return numbers


def histories(connection: sa.Connection) -> dict[Key, list[Any]]:
    """The revisions of each document, oldest first, drafts included."""
    revisions: dict[Key, list[Any]] = defaultdict(list)
    for row in connection.execute(sa.select(REVISION).order_by(REVISION.c.id)):
        revisions[(row.document_type, row.slug)].append(row)
    return revisions


def rows_of_all(connection: sa.Connection) -> dict[Key, Rows]:
    """The rows of each live document."""
    rows_by_key: dict[Key, Rows] = {}
    for type_name, ident in FOLDERS.values():
        by_id: dict[int, Rows] = {}
        for row in connection.execute(sa.select(TABLES[type_name])):
            rows_by_key[(type_name, row._mapping[ident])] = by_id[row.id] = {type_name: [dict(row._mapping)]}
        for name in PARTS.get(type_name, {}):
            for row in connection.execute(sa.select(TABLES[name])):
                by_id[row._mapping[f"{type_name}_id"]].setdefault(name, []).append(dict(row._mapping))
    return {key: ordered(rows) for key, rows in rows_by_key.items()}


def ordered(rows: Rows) -> Rows:
    places = ("kind", "skill_position", "stage_position", "position")
    return {
        name: sorted(table_rows, key=lambda cells: [cells.get(it, 0) for it in places])
        for name, table_rows in rows.items()
    }


def rows_of(key: Key, body: Body, ids: dict[Key, int]) -> Rows:
    """The rows that a document is, given the ids of what it refers to, and its own."""
    owner = ids[key]
    rows: Rows = defaultdict(list)
    rows[key[0]].append({"id": owner, **own_cells(key, body, ids)})
    for name, cells in part_cells(key[0], body, ids):
        rows[name].append({f"{key[0]}_id": owner, **cells})
    return ordered(rows)


def own_cells(key: Key, body: Body, ids: dict[Key, int]) -> Cells:
    defaults = {"plural": "ONE", "decimal": ".", "group": ",", "decimals": 0, "in_summary": False, "options": []}
    cells: Cells = {}
    for name in OWN[key[0]].split()[1:]:
        is_map = isinstance(TABLES[key[0]].c[name].type, sa.JSON) and name != "image"
        cells[name] = body.get(camel(name), defaults.get(name, {} if is_map else None))
    if key[0] == "career":
        cells["category_id"] = ids[("category", body["category"])]
    return cells


def part_cells(type_name: str, body: Body, ids: dict[Key, int]) -> list[tuple[str, Cells]]:
    """The rows inside of a document, but for the column that says which document."""
    rows: list[tuple[str, Cells]] = []
    for place, external in enumerate(body.get("externalIds", []), 1):
        cells = {"position": place, "scheme": external["scheme"], "external_id": external["id"]}
        rows.append((f"{type_name}_external_id", cells))
    for edge in ("broader", "related"):
        for place, slug in enumerate(body.get(edge, []), 1):
            cells = {"kind": edge.upper(), "position": place, "other_id": ids[("skill", slug)]}
            rows.append(("skill_relation", cells))
    for place, slug in enumerate(body.get("careers", []), 1):
        rows.append(("collection_career", {"position": place, "career_id": ids[("career", slug)]}))
    for place, value in enumerate(body.get("values", []), 1):
        rows.append(("value", value_cells(place, value, ids)))
    return rows + skill_cells(body, ids) + stage_cells(body, ids)


def value_cells(place: int, value: Body, ids: dict[Key, int]) -> Cells:
    low, high = value.get("interval") or (None, None)
    observed = value.get("observedOn")
    return {
        "position": place,
        "attribute_id": ids[("attribute", value["attribute"])],
        "source_id": ids[("source", value["source"])],
        "observed_on": date.fromisoformat(observed) if observed else None,
        "method": value.get("method", {}),
        "published_for": value.get("publishedFor"),
        "region": value.get("region"),
        **{name: value.get(name) for name in FIGURE.split()},
        "number": value.get("value"),
        "interval_low": low,
        "interval_high": high,
    }


def skill_cells(body: Body, ids: dict[Key, int]) -> list[tuple[str, Cells]]:
    rows: list[tuple[str, Cells]] = []
    for place, skill in enumerate(body.get("skills", []), 1):
        rows.append(("career_skill", {"position": place, "text": skill["text"]}))
        for number, link in enumerate(skill.get("concepts", []), 1):
            cells = {"skill_position": place, "position": number, "skill_id": ids[("skill", link["skill"])]}
            who = {"proposed_by": link["proposedBy"], "accepted_by": link.get("acceptedBy")}
            rows.append(("career_skill_concept", cells | who))
    return rows


def stage_cells(body: Body, ids: dict[Key, int]) -> list[tuple[str, Cells]]:
    rows: list[tuple[str, Cells]] = []
    for place, stage in enumerate(body.get("roadmap", []), 1):
        texts = {"title": stage["title"], "summary": stage.get("summary", {})}
        rest = {"months": stage.get("months"), "resources": stage.get("resources", [])}
        rows.append(("roadmap_stage", {"position": place, **texts, **rest}))
        for number, slug in enumerate(stage.get("skills", []), 1):
            cells = {"stage_position": place, "position": number, "skill_id": ids[("skill", slug)]}
            rows.append(("stage_skill", cells))
    return rows


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def is_new(revisions: list[Any], author: str) -> bool:
    """Whether nobody ever had the document, but for this seed itself, which was then taken back."""
    return not revisions or (revisions[-1].author == author and revisions[-1].body is None)


def is_untouched(key: Key, rows: Rows, revisions: list[Any], author: str, ids: dict[Key, int]) -> bool:
    """Whether a live document is as this seed wrote it."""
    if not revisions or revisions[-1].author != author or revisions[-1].body is None:
        return False
    body = revisions[-1].body
    return references(key, body) <= ids.keys() and rows == rows_of(key, body, ids)


def with_new_values(
    values: list[Body], fresh: dict[Key, Body], live: dict[Key, int], past: dict[Key, list[Any]]
) -> dict[Key, Body]:
    """The careers that get values of new attributes, each as it is published, with those."""
    careers: dict[Key, Body] = {}
    for value in values:
        key, source = ("career", value["career"]), ("source", value["source"])
        published = [it.body for it in past.get(key, []) if it.version is not None]
        if key in live and published and ("attribute", value["attribute"]) in fresh and source in {*live, *fresh}:
            body = careers.setdefault(key, {**published[-1], "values": [*published[-1].get("values", [])]})
            body["values"].append({name: cell for name, cell in value.items() if name != "career"})
    return careers


def insert_new_values(connection: sa.Connection, key: Key, body: Body) -> None:
    """Inserts the values of a body whose attributes the live career has no value of, after those that it has."""
    ids = idents(connection)
    mine = TABLES["value"].c.career_id == ids[key]
    present = list(connection.execute(sa.select(TABLES["value"]).where(mine)))
    has = {row.attribute_id for row in present}
    cells = [cell_row for cell_row in rows_of(key, body, ids)["value"] if cell_row["attribute_id"] not in has]
    start = max([row.position for row in present], default=0) + 1
    rows = [{**cells_of_row, "position": place} for place, cells_of_row in enumerate(cells, start)]
    if rows:
        connection.execute(sa.insert(TABLES["value"]), rows)


def take_back_values(
    connection: sa.Connection, key: Key, before: Body, live: dict[Key, Rows], ids: dict[Key, int]
) -> None:
    """The reverse: deletes the values that a career did not have before."""
    had = {ids[("attribute", value["attribute"])] for value in before.get("values", [])}
    mine = TABLES["value"].c.career_id == ids[key]
    connection.execute(sa.delete(TABLES["value"]).where(mine, TABLES["value"].c.attribute_id.not_in(had)))
    live[key]["value"] = [cells for cells in live[key].get("value", []) if cells["attribute_id"] in had]


def insert(connection: sa.Connection, batch: dict[Key, Body]) -> None:
    """Inserts documents of one type."""
    if not batch:
        return
    type_name = next(iter(batch))[0]
    ids = idents(connection)
    connection.execute(sa.insert(TABLES[type_name]), [own_cells(key, body, ids) for key, body in batch.items()])
    ids = idents(connection)
    for name in PARTS.get(type_name, {}):
        cells = [row for key, body in batch.items() for row in rows_of(key, body, ids).get(name, [])]
        if cells:
            connection.execute(sa.insert(TABLES[name]), cells)


def delete(connection: sa.Connection, gone: set[Key], ids: dict[Key, int]) -> None:
    """Deletes documents with what is inside of them."""
    for type_name in reversed([type_name for type_name, _ in FOLDERS.values()]):
        owners = [ids[key] for key in sorted(gone) if key[0] == type_name]
        for name in reversed(PARTS.get(type_name, {})):
            each(
                connection,
                sa.delete(TABLES[name]).where(TABLES[name].c[f"{type_name}_id"] == sa.bindparam("it")),
                owners,
            )
        each(connection, sa.delete(TABLES[type_name]).where(TABLES[type_name].c.id == sa.bindparam("it")), owners)


def each(connection: sa.Connection, statement: Any, ids: list[int]) -> None:
    if ids:
        connection.execute(statement, [{"it": number} for number in ids])


def new_version(connection: sa.Connection, author: str, note: str) -> Cells:
    """The next catalog version: what its revisions have in common."""
    last = connection.execute(sa.select(VERSION).order_by(VERSION.c.version.desc()).limit(1)).first()
    version, instant = last.version + 1 if last else 1, datetime.now(UTC)
    connection.execute(sa.insert(VERSION), [{"version": version, "published_at": instant, "note": note}])
    return {"version": version, "created_at": instant, "author": author, "note": note}


def record(
    connection: sa.Connection, bodies: Mapping[Key, Body | None], past: dict[Key, list[Any]], stamp: Cells
) -> None:
    """Appends a revision to each of some documents; no body stands for its removal."""
    if has_documents(connection):
        for key, body in bodies.items():
            record_of_document(connection, key, body, stamp)
        return
    rows = []
    for (type_name, slug), body in bodies.items():
        revisions = past.get((type_name, slug))
        number = revisions[-1].number + 1 if revisions else 1
        rows.append({"document_type": type_name, "slug": slug, "number": number, "body": body, **stamp})
    if rows:
        connection.execute(sa.insert(REVISION), rows)


def has_documents(connection: sa.Connection) -> bool:
    """Whether the tables keep documents, as those of revision 0021 and later do."""
    return sa.inspect(connection).has_table(DOCUMENT.name)


def record_of_document(connection: sa.Connection, key: Key, body: Body | None, stamp: Cells) -> None:
    """Appends a revision to the document that is called so, or to a new one."""
    same = sa.select(DOCUMENT).where(DOCUMENT.c.document_type == key[0], DOCUMENT.c.slug == key[1])
    present = sa.case((DOCUMENT.c.live | DOCUMENT.c.draft.is_not(None) | DOCUMENT.c.archived, 1), else_=0)
    row = connection.execute(same.order_by(present.desc(), DOCUMENT.c.id.desc()).limit(1)).first()
    number = 1 if row is None else row.last + 1
    title = title_of(body) or (key[1] if row is None else row.title)
    cells = {"title": title, "changed_at": stamp["created_at"], "changed_by": stamp["author"], "last": number}
    cells |= {"published": number, "live": body is not None}
    if row is None:
        named = {"document_type": key[0], "slug": key[1], "review": False, "archived": False}
        connection.execute(sa.insert(DOCUMENT), named | cells)
        row = connection.execute(same.where(DOCUMENT.c.last == number).order_by(DOCUMENT.c.id.desc())).first()
    else:
        connection.execute(sa.update(DOCUMENT).where(DOCUMENT.c.id == row.id), cells)
    cause = "UNPUBLISHED" if body is None else "LOADED"
    whose = {"document_id": row.id, "document_type": key[0], "slug": key[1], "number": number, "cause": cause}
    connection.execute(sa.insert(OWNED), whose | {"body": body, **stamp})


def title_of(body: Body | None) -> str:
    """What a document is called in English."""
    written = next((body[name] for name in ("title", "name", "label") if body.get(name)), "") if body else ""
    return str(written.get("en", "")) if isinstance(written, dict) else str(written)


def retitle(connection: sa.Connection, bodies: Mapping[Key, Body]) -> None:
    """Has documents whose revision was written anew called as it says."""
    for key, body in bodies.items() if has_documents(connection) else ():
        same = (DOCUMENT.c.document_type == key[0]) & (DOCUMENT.c.slug == key[1]) & DOCUMENT.c.live
        connection.execute(sa.update(DOCUMENT).where(same).values(title=title_of(body) or key[1]))
