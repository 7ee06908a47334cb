"""The REST view over the seeded catalog, to be asked by tests."""

from typing import Any

from starlette.types import ASGIApp

from careergraph import CareerGraph, Config
from careergraph.api.schema import schema
from careergraph.web.rest.resources import Resource, read_resources
from truth import seeded
from web.client import Client
from web.stub import Shelf

EVERY_KIND = {
    "/careers": "?category=healthcare&first=3",
    "/careers/{slug}": "/plumber",
    "/skills": "?search=python",
    "/skills/{slug}": "/python",
    "/categories": "",
    "/categories/{slug}": "/healthcare",
    "/collections": "",
    "/collections/{slug}": "/building-with-llms",
    "/comparisons": "?career=plumber&first=5",
    "/comparisons/{a}/{b}": "/actuary/plumber",
    "/several": "?careers=plumber&careers=electrician&careers=actuary",
    "/paths/{from}/{to}": "/plumber/electrician",
    "/search": "?text=python",
}
"""How each resource is asked for: what stands behind the fixed part of its path."""

RESOURCES: dict[str, Resource] = {it.path: it for it in read_resources(schema._schema)}


def address(path: str) -> str:
    """The address of a resource that there is."""
    return "/api" + path.partition("/{")[0] + EVERY_KIND[path]


def client(**settings: Any) -> Client:
    """A client of an app with the REST view."""
    return Client(rest_app(**settings))


def rest_app(**settings: Any) -> ASGIApp:
    """An app with the REST view."""
    shelf = Shelf(seeded.catalog())
    config = Config.of(rest_path="/api", **settings)
    return CareerGraph(config, open_catalogs=lambda _: shelf).asgi()
