"""Settings: from code and from the environment; one that cannot be used is one line that names it."""

from dataclasses import fields
from pathlib import Path

import pytest

from careergraph.web import reference
from careergraph.web.core.config import FROM_ENVIRONMENT, Config, ConfigProblem

ROOT = Path(__file__).parents[3]


def test_settings_come_from_the_environment() -> None:
    """Each plain setting has its variable; what is not given keeps its default."""
    environ = {
        "CAREERGRAPH_DATABASE_URL": "postgresql://db/careers",
        "CAREERGRAPH_POLL_SECONDS": "2.5",
        "CAREERGRAPH_GRAPHIQL": "off",
        "CAREERGRAPH_INTROSPECTION": "TRUE",
        "CAREERGRAPH_MAX_BODY_BYTES": " 1000 ",
        "CAREERGRAPH_AUTHENTICATE": "no callable can come from here",
    }
    assert Config.from_environment(environ) == Config(
        database_url="postgresql://db/careers", poll_seconds=2.5, graphiql=False, max_body_bytes=1000
    )
    assert Config.from_environment({}) == Config()


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("CAREERGRAPH_POLL_SECONDS", "soon"),
        ("CAREERGRAPH_POLL_SECONDS", "nan"),
        ("CAREERGRAPH_POLL_SECONDS", "-1"),
        ("CAREERGRAPH_GRAPHIQL", "maybe"),
        ("CAREERGRAPH_MAX_BODY_BYTES", "1e3"),
        ("CAREERGRAPH_MAX_BODY_BYTES", "0"),
        ("CAREERGRAPH_GRAPHQL_PATH", "graphql"),
        ("CAREERGRAPH_GRAPHQL_PATH", "/graphql/"),
        ("CAREERGRAPH_GRAPHIQL_PATH", "/{x}"),
        ("CAREERGRAPH_MAX_QUERY_TOKENS", "many\nlines" * 100),
    ],
)
def test_a_bad_value_is_one_line_that_names_its_setting(variable: str, text: str) -> None:
    """Whoever set it has to be able to find it."""
    with pytest.raises(ConfigProblem) as raised:
        Config.from_environment({variable: text})
    message = str(raised.value)
    assert variable.removeprefix("CAREERGRAPH_").lower() in message.lower()
    assert "\n" not in message and len(message) < 200


def test_every_setting_is_described_where_it_is_defined() -> None:
    """The page of settings is generated from these descriptions."""
    page = reference.settings_page()
    for field in fields(Config):
        assert f"| `{field.name}` |" in page
    assert "authenticate" not in FROM_ENVIRONMENT


@pytest.mark.parametrize("name", reference.pages())
def test_the_reference_is_up_to_date(name: str) -> None:
    """A page that nobody generated again would tell of settings and codes that are no more."""
    page = ROOT / "docs" / "reference" / name
    assert page.read_text(encoding="utf-8") == reference.pages()[name], "write careergraph.web.reference.pages() again"
