"""Nothing in the source is there that nobody refers to."""

import re
from functools import cache
from pathlib import Path

from vulture import Vulture  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "careergraph"
DECORATORS = ("@*.command", "@*.command.*")
"""Functions that a decorator registers."""

ALLOWED = {
    "ONE": "a plural category of CLDR, looked up by its value",
    "TWO": "a plural category of CLDR, looked up by its value",
    "ZERO": "a plural category of CLDR, looked up by its value",
    "MAX_IMAGE_PIXELS": "read by Pillow",
    "__call__": "the signature of a protocol",
    "__getattr__": "the import hook of the package",
    "__init_subclass__": "called by Python",
    "__mirrors__": "read of a class's own variables",
    "__signature__": "read by inspect",
    "__tablename__": "called by SQLAlchemy",
    "_relevant_sub_fields": "read by graphql-core",
    "_value_": "read by enum",
    "async_helpers": "read by graphql-core",
    "auto_open": "read by http.client",
    "cache_ok": "read by SQLAlchemy",
    "default_port": "read by http.client",
    "enter_field": "called by graphql-core, for each field of a document",
    "exit_code": "read by click",
    "get_command": "called by click",
    "high_end": "a column of a map, read by its name",
    "impl": "read by SQLAlchemy",
    "inter_op_num_threads": "read by onnxruntime",
    "intra_op_num_threads": "read by onnxruntime",
    "isolation_level": "read by sqlite3",
    "list_commands": "called by click",
    "low_end": "a column of a map, read by its name",
    "mirrored": "the law of exchange, which tests of the engine and the judge check",
    "narrate_rows": "called by plans, by its name",
    "narrate_statements": "called by plans, by its name",
    "normalizer": "read by tokenizers",
    "on_header": "called by httptools",
    "on_operation": "called by Strawberry, for each operation",
    "on_url": "called by httptools",
    "parent_names": "an argument that Alembic passes",
    "position_context": "an argument that graphql-core passes",
    "post_processor": "read by tokenizers",
    "pre_tokenizer": "read by tokenizers",
    "process_bind_param": "called by SQLAlchemy",
    "process_result_value": "called by SQLAlchemy",
    "put": "called by the code that plans are compiled to",
    "read_some": "called by resolvers and plans, by its name",
    "resolve_type": "read by graphql-core",
    "roles_page": "called by `make reference`",
    "total_requests": "read by uvicorn",
    "uploaded_by": "a column for those who look into the database",
    "type_annotation_map": "read by SQLAlchemy",
}
"""Names that nothing in the source refers to, each with its reason."""


@cache
def unused() -> dict[str, str]:
    """Return the names that no line of the source and of the migrations, no expression of a template and no part of the
    schema refers to, each with its place."""
    vulture = Vulture(ignore_decorators=list(DECORATORS))
    vulture.scavenge([str(SOURCE), str(ROOT / "alembic")], exclude=["*/vendor/*"])
    schema = re.sub(r'""".*?"""', "", (ROOT / "schema.graphql").read_text(encoding="utf-8"), flags=re.DOTALL)
    templates = "".join([path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.html")])
    names = re.findall(r"\w+", " ".join([schema, *re.findall(r"{[{%].*?[%}]}", templates, flags=re.DOTALL)]))
    used = {*names, *[re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower() for name in names]}
    return {
        item.name: f"{item.filename}:{item.first_lineno}: {item.typ} {item.name}"
        for item in vulture.get_unused_code()
        if item.name not in used and SOURCE in Path(item.filename).parents
    }


def test_all_code_is_used() -> None:
    """Code that nobody calls is read, tested and translated for nothing. Tests do not count as users."""
    assert [place for name, place in unused().items() if name not in ALLOWED] == []


def test_what_is_allowed_is_still_unused() -> None:
    """A reason that no longer holds would hide the next name like it."""
    assert ALLOWED.keys() - unused().keys() == set()
