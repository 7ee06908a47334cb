"""The settings of clients' caches: only what has an id of its own is shared between queries."""

from careergraph.api.client_cache import cache_settings
from careergraph.api.schema import schema

SETTINGS = cache_settings(schema._schema)


def test_what_has_an_id_is_kept_by_it() -> None:
    assert {"Career", "Skill", "Comparison", "Glance"}.isdisjoint(SETTINGS["embedded"])


def test_what_has_none_is_a_part_of_what_is_around_it() -> None:
    """An attribute has a key and a label in one language: by its key alone, one label would stand for both."""
    assert {"Attribute", "Statement", "GlanceRow", "PageInfo", "ExternalId"} <= set(SETTINGS["embedded"])
    assert {"Query", "Mutation", "Subscription"}.isdisjoint(SETTINGS["embedded"])


def test_lists_differ_by_all_but_their_place() -> None:
    assert SETTINGS["lists"]["Query"]["careers"] == ["filter", "orderBy", "locale", "region"]


def test_fragments_match_the_types_that_an_interface_may_be() -> None:
    assert SETTINGS["possibleTypes"]["Value"] == ["Choice", "Flag", "Level", "MoneyRange", "Number"]
