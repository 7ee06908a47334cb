"""The collection of requests: each is answered as it is imported, with the values that the collection has."""

import json
import re

from graphql import parse, validate

from careergraph.api.base.context import Context
from careergraph.api.changes.page_documents import NAMES
from careergraph.api.collection import collection
from careergraph.api.schema import schema
from truth.seeded import catalog

COLLECTION = collection(schema._schema)
VALUES = {it["key"]: it["value"] for it in COLLECTION["variable"]}


def filled(text: str) -> str:
    """A text of the collection with its variables filled in, as Postman and Bruno do it."""
    return re.sub(r"\{\{(\w+)\}\}", lambda match: VALUES[match[1]], text)


def test_each_request_is_answered_with_the_values_of_the_collection() -> None:
    context = Context(catalog=catalog(), as_of=lambda _: catalog(), at_version=lambda _: catalog())
    assert [it["name"] for it in COLLECTION["item"]] == list(NAMES)
    for item in COLLECTION["item"]:
        body = item["request"]["body"]["graphql"]
        assert filled(item["request"]["url"]).endswith("/graphql") and not validate(
            schema._schema, parse(body["query"])
        )
        variables = json.loads(filled(body["variables"]))
        result = schema.execute_sync(body["query"], variables, context_value=context)
        assert not result.errors and all((result.data or {}).values()), (item["name"], result.errors)
