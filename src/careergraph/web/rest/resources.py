"""The resources of the REST view: an address, and the operation that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from re import findall

from graphql import FieldNode, GraphQLSchema

from careergraph.api.changes.page_documents import CAREER, CATEGORY, COLLECTION, COMPARISON, SKILL, text_of
from careergraph.web.rest.operation import ReadOperation, read_operation

_FOLDER = Path(__file__).parent / "operations"

PATHS: Mapping[str, str] = {
    "/careers": "careers",
    "/careers/{slug}": CAREER,
    "/skills": "skills",
    "/skills/{slug}": SKILL,
    "/categories": "categories",
    "/categories/{slug}": CATEGORY,
    "/collections": "collections",
    "/collections/{slug}": COLLECTION,
    "/comparisons": "comparisons",
    "/comparisons/{a}/{b}": COMPARISON,
    "/several": "several",
    "/paths/{from}/{to}": "path",
    "/search": "search",
}
"""The operation of each resource, by its path. Those of pages are the documents that `changes` compares."""


@dataclass(frozen=True)
class Resource(ReadOperation):
    """A resource: an operation with one root field, at a path with `{names}` in it."""

    path: str

    @property
    def names(self) -> list[str]:
        """The variables that stand in its path."""
        return findall(r"{(\w+)}", self.path)

    @property
    def field(self) -> FieldNode:
        """The one root field."""
        (field,) = self.fields
        return field


def read_resources(schema: GraphQLSchema) -> list[Resource]:
    """All resources."""
    return [read_resource(schema, path) for path in PATHS]


def read_resource(schema: GraphQLSchema, path: str) -> Resource:
    """The resource at a path. An operation whose root field reads the past takes `asOf`."""
    return Resource(**vars(read_operation(schema, _text(PATHS[path]), past=True)), path=path)


def _text(name: str) -> str:
    file = _FOLDER / f"{name}.graphql"
    return file.read_text(encoding="utf-8") if file.exists() else text_of(name)
