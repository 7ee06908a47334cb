"""Templates of the addresses at which sites show previews."""

import pytest

from careergraph.editorial.preview.sites import fill, parse_sites, path_of
from careergraph.web.core.config import Config, ConfigProblem

WEB = "https://site.example/api/draft?secret={token}&path={path}"


def test_sites_have_names_and_templates() -> None:
    sites = parse_sites(f"web={WEB}\n  app=http://localhost:3000/{{path}}?token={{token}}")
    assert sites == {"web": WEB, "app": "http://localhost:3000/{path}?token={token}"}
    filled = fill(sites["web"], "cg_1", "/careers/a?b=c&d=é")
    assert filled == "https://site.example/api/draft?secret=cg_1&path=%2Fcareers%2Fa%3Fb%3Dc%26d%3D%C3%A9"
    assert fill(WEB, "{path}", "{token}").endswith("?secret=%7Bpath%7D&path=%7Btoken%7D")


@pytest.mark.parametrize(
    "text",
    [
        "https://site.example/?secret={token}",
        "web=ftp://site.example/?secret={token}",
        "web=javascript:alert({token})",
        "web=//site.example/?secret={token}",
        "web=https://{token}.example/",
        "web=https://{path}/?secret={token}",
        "web=https://user:word@site.example/?secret={token}",
        "web=https:///?secret={token}",
        "web=https://site.example/?path={path}",
        "web=https://site.example/?secret={token}&l={locale}",
        "web=https://site.example/?secret={{token}}",
        "web=https://site.example/?secret={token}&l={",
        f"web={WEB} web={WEB}",
        f"{WEB}",
    ],
)
def test_what_is_no_site_is_refused_at_the_start(text: str) -> None:
    with pytest.raises(ConfigProblem, match="preview_sites"):
        Config.of(preview_sites=text)


def test_pages_of_documents_have_paths() -> None:
    keys = (("career", "nurse"), ("pair", "a-vs-b"), ("category", "law"), ("attribute", "salary"), None)
    assert [path_of(key) for key in keys] == ["/careers/nurse", "/compare/a-vs-b", "/categories/law", "/", "/"]
