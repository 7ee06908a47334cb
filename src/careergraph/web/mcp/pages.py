"""Pages as resources of assistants: the responses of the REST view, named `careergraph:` and the address."""

import re
from typing import Any
from urllib.parse import unquote

from graphql import GraphQLList, GraphQLSchema, get_nullable_type

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.rest.parameters import read_variables
from careergraph.web.rest.resources import Resource, read_resources

SCHEME = "careergraph:/"


class Pages:
    """All resources, by their names."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.resources = read_resources(schema)
        self._patterns = [(re.compile(_pattern(it.path)), it) for it in self.resources]

    def find(self, name: str) -> tuple[Resource, dict[str, Any]]:
        """The resource of a name such as `careergraph://careers/plumber?locale=de`, and the variables of its
        operation. Raises Refusal (NOT_FOUND, BAD_REQUEST)."""
        path, _, query = name.removeprefix(SCHEME).partition("?")
        for pattern, resource in self._patterns if name.startswith(SCHEME) else ():
            if match := pattern.fullmatch(path):
                names = {key: unquote(text) for key, text in zip(resource.names, match.groups(), strict=True)}
                return resource, read_variables(resource, names, query.encode())
        templates = ", ".join(SCHEME + it.path for it in self.resources)
        raise Refusal(WebCode.NOT_FOUND, f"There is no resource {name[:80]!r}; there are: {templates}.")


def template_of(resource: Resource) -> str:
    """The URI template of a resource, by RFC 6570: a list may come several times."""
    names = [
        name + "*" * isinstance(get_nullable_type(kind), GraphQLList)
        for name, kind in resource.variables.items()
        if name not in resource.names
    ]
    return f"{SCHEME}{resource.path}{{?{','.join(names)}}}" if names else SCHEME + resource.path


def _pattern(path: str) -> str:
    return re.sub(r"{\w+}", "([^/]+)", path)
