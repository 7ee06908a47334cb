"""Settings: from code and from the environment; one that cannot be used is one line that names it."""

from pathlib import Path

import pytest

from careergraph.web import reference
from careergraph.web.core.config import FROM_ENVIRONMENT, SETTINGS, Config, ConfigProblem
from careergraph.web.core.setting_groups import CacheSettings, OperationLimits

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
    assert Config.from_environment(environ) == Config.of(
        database_url="postgresql://db/careers", poll_seconds=2.5, graphiql=False, max_body_bytes=1000
    )
    assert Config.from_environment({}) == Config()


def test_a_mistaken_variable_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Its value is not, nor are variables that others set: for commands of ours, and for a service of this name."""
    others = ("PULL_TOKEN", "WEBHOOK_SECRET", "URL", "PORT", "SERVICE_HOST", "PORT_8000_TCP_ADDR", "AUTHENTICATE")
    names = [*others, "DATABASE", "RATELIMIT", "MAX_BODY_BYTE"]
    assert Config.from_environment({f"CAREERGRAPH_{name}": "secret" for name in names}) == Config()
    messages = [record.getMessage() for record in caplog.records]
    meant = {"DATABASE": "DATABASE_URL", "MAX_BODY_BYTE": "MAX_BODY_BYTES", "RATELIMIT": "RATE_LIMIT"}
    assert messages == [f"CAREERGRAPH_{it} has no effect: did you mean CAREERGRAPH_{meant[it]}?" for it in meant]


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


def test_settings_are_in_groups_and_have_flat_names() -> None:
    """The flat name is that of the variable; both ways make the same configuration, and are checked alike."""
    grouped = Config(work=False, limits=OperationLimits(max_cost=9), cache=CacheSettings(max_age_seconds=0))
    assert (
        grouped
        == Config.of(work=False, max_cost=9, max_age_seconds=0)
        == Config.of(max_cost=9).replace(work=False, max_age_seconds=0)
    )
    assert (grouped.limits.max_cost, grouped.limits.static.cost, grouped.cache.stale_seconds) == (9, 9, 60)
    for wrong in ({"max_cost": 0}, {"max_depth": 101}, {"public_url": "ftp://x"}, {"cors_origins": "x"}):
        with pytest.raises(ConfigProblem, match=next(iter(wrong))):
            Config.of(**wrong)
    with pytest.raises(ConfigProblem, match="max_dept is no setting"):
        Config.of(max_dept=3)
    assert "s3cret" not in repr(Config.of(secret_key="s3cret" * 9))


@pytest.mark.parametrize("name", [name for name, place in SETTINGS.items() if place.group])
def test_a_flat_name_outside_of_its_group_is_refused_with_its_place(name: str) -> None:
    """Whoever wrote `Config(max_cost=9)` for an older version learns what to write now."""
    place = SETTINGS[name]
    with pytest.raises(ConfigProblem) as raised:
        Config(**{name: place.default})
    assert f"Config({place.group}={place.group_type.__name__}({place.name}=...))" in str(raised.value)
    assert f"Config.of({name}=...)" in str(raised.value)


def test_every_setting_is_described_where_it_is_defined() -> None:
    """The page of settings is generated from these descriptions."""
    page = reference.pages()["settings.md"]
    for name, place in SETTINGS.items():
        assert f"| `{name}` | `{place.group + '.' if place.group else ''}{place.name}` |" in page
        assert place.description.endswith("."), name
    assert "authenticate" not in FROM_ENVIRONMENT


@pytest.mark.parametrize("name", reference.pages())
def test_the_reference_is_up_to_date(name: str) -> None:
    """A page that nobody generated again would tell of settings and codes that are no more."""
    page = ROOT / "docs" / "reference" / name
    assert page.read_text(encoding="utf-8") == reference.pages()[name], "write careergraph.web.reference.pages() again"
