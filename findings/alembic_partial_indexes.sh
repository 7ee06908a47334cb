#!/usr/bin/env bash
# alembic 1.20.1 with SQLAlchemy 2.1.9 on SQLite: autogenerate does not compare the condition of a partial index. A model whose
# index lost its condition, or got another one, is the same as its table to `alembic check`, although a unique index then
# says something else. SQLAlchemy does read the condition back (`dialect_options`).
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check alembic==1.20.1 sqlalchemy==2.1.9
cat > "$folder/partial_indexes.py" <<'PY'
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext


def tables(condition, *columns):
    metadata = sa.MetaData()
    sa.Table("page", metadata, sa.Column("slug", sa.String(20)), sa.Column("locale", sa.String(5)), sa.Column("live", sa.Integer))
    where = None if condition is None else sa.text(condition)
    sa.Index("one_page", *(metadata.tables["page"].c[it] for it in columns), unique=True, sqlite_where=where)
    return metadata


engine = sa.create_engine("sqlite://")
with engine.connect() as connection:
    tables("live = 1", "slug").create_all(connection)
    context = MigrationContext.configure(connection)
    print("in the database:", sa.inspect(connection).get_indexes("page")[0]["dialect_options"]["sqlite_where"])
    differences = {}
    for condition, *columns in (("live = 1", "slug"), ("live = 0", "slug"), (None, "slug"), ("live = 1", "slug", "locale")):
        differences[condition, *columns] = len(compare_metadata(context, tables(condition, *columns)))
print("in the model, and the differences:", differences)
assert list(differences.values()) == [0, 0, 0, 2], "it has changed"
PY
"$folder/venv/bin/python" "$folder/partial_indexes.py"
