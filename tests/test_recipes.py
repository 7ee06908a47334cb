"""The recipes of ARCHITECTURE.md, followed step by step. What needs code is written into a copy of the tree, which a
process of its own serves. A recipe that leaves a step out fails here."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from careergraph import CareerGraph, Config
from careergraph.cli.base.command import commands
from web.client import Client

ROOT = Path(__file__).parents[1]
CAREER, OTHER = "accountant", "actuary"
LONGEST = 10
"""The lines that a recipe may have."""


def run(*arguments: str) -> str:
    """The output of a command that succeeds."""
    result = CliRunner().invoke(commands, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def write(folder: Path, name: str, document: object) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")


def exported(folder: Path, url: str) -> Path:
    """The files of what is live, to be added to."""
    run("export", str(folder), "--database", url)
    return folder


def add_value(folder: Path, **value: object) -> None:
    """Gives the career one more value."""
    document = json.loads((folder / "careers" / f"{CAREER}.json").read_text(encoding="utf-8"))
    source = document["values"][0]["source"]
    document["values"].append({"source": source, "method": {"en": "Made up.", "de": "Erfunden."}, **value})
    write(folder, f"careers/{CAREER}.json", document)


def publish(folder: Path, url: str) -> None:
    run("check", str(folder))
    run("load", str(folder), "--database", url)


def ask(url: str, query: str) -> Any:
    answer = Client(CareerGraph(Config.of(database_url=url, work=False)).asgi()).ask(query)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


def test_recipes_are_short_and_all_of_them_are_followed() -> None:
    recipes = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## Recipes\n")[2].split("\n### ")[1:]
    lengths = {text.splitlines()[0]: len([line for line in text.splitlines()[1:] if line]) for text in recipes}
    assert lengths.keys() == {"An attribute", "A kind of value", "A field of a type", "A verb", "A page", "A locale"}
    assert max(lengths.values()) <= LONGEST, lengths


def test_an_attribute(sqlite_url: str, tmp_path: Path) -> None:
    attribute = {
        "key": "burnout-risk",
        "label": {"en": "Burnout risk", "de": "Burnout-Risiko"},
        "kind": "NUMBER",
        "better": "LOWER",
        "position": 90,
        "unit": "points",
        "scale": 10,
    }
    folder = exported(tmp_path / "content", sqlite_url)
    write(folder, "attributes/burnout-risk.json", attribute)
    add_value(folder, attribute="burnout-risk", value=4, unit="points")
    publish(folder, sqlite_url)
    row = 'row(attribute: "burnout-risk") { a { display } }'
    query = f"""{{ attributes {{ key label }}
      career(slug: "{CAREER}") {{ value(attribute: "burnout-risk") {{ ... on Number {{ value }} }} }}
      comparison(a: "{CAREER}", b: "{OTHER}") {{ glance {{ {row} }} }} }}"""
    data = ask(sqlite_url, query)
    assert {"key": "burnout-risk", "label": "Burnout risk"} in data["attributes"]
    assert data["career"]["value"] == {"value": 4}
    assert "4" in data["comparison"]["glance"]["row"]["a"]["display"]


def test_a_locale(sqlite_url: str, tmp_path: Path) -> None:
    folder = exported(tmp_path / "content", sqlite_url)
    german = json.loads((folder / "locales" / "de.json").read_text(encoding="utf-8"))
    french = {name: german[name] for name in ("fallback", "plural", "decimal", "group")}
    write(
        folder, "locales/fr.json", {**french, "code": "fr", "name": "Français", "phrases": {"yes": "oui", "no": "non"}}
    )
    publish(folder, sqlite_url)
    career = f'career(slug: "{CAREER}", locale: "fr") {{ locale title values {{ ... on Flag {{ display }} }} }}'
    data = ask(sqlite_url, f'{{ {career} english: career(slug: "{CAREER}") {{ title }} }}')
    assert data["career"]["locale"] == "fr"
    assert data["career"]["title"] == data["english"]["title"], "a title that is not written falls back"
    assert {it["display"] for it in data["career"]["values"] if it} <= {"oui", "non"} != set()


KIND = '''"""Stars: a rating from one to five."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.locale import Locale
from careergraph.engine.content.value import BadValue, Provenance, Value, read_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Stars(Value):
    """A rating from one to five stars."""

    KIND = ValueKind.STARS
    FIELDS = ("value",)

    stars: int

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        stars = read_number(fields, "value")
        if stars not in (1, 2, 3, 4, 5):
            raise BadValue("value", "a rating has one to five stars")
        return cls(attribute=attribute, provenance=provenance, stars=int(stars))

    def fields(self) -> dict[str, object]:
        return {"value": float(self.stars)}

    def order(self) -> tuple[float, ...]:
        return (float(self.stars),)

    def display(self, locale: Locale) -> str:
        return "★" * self.stars
'''

VERB = '''"""Remark: write a remark into the audit log."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.store.access.audit import record


def remark(session: Session, actor: Actor, note: str) -> str:
    """Write a remark. Raises Denied."""
    permit(actor, Verb.REMARK)
    record(session, actor.name, Verb.REMARK, None, {"note": note})
    return note
'''

MUTATION = """
    @computed("Writes a remark into the audit log.", cost=WRITE)
    def remark(self, info: Info, note: OfNote) -> str | None:
        return run_verb_or_reject(info, lambda session, actor: remark(session, actor, note), str)
"""

PAGE = '''"""The page of the recipe."""

from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.visit import Visit


async def hello(visit: Visit) -> Document:
    """The page."""
    return Document("hello.html", "Hello", values=await visit.ask("hello"))
'''

SCRIPT = """
import json, sys
from sqlalchemy import create_engine
import careergraph
from careergraph.editorial.access.actor import Role
from web.editing import Newsroom
url, query = sys.argv[1:]
newsroom = Newsroom(create_engine(url), pages=True)
admin = newsroom.client(Role.ADMIN)
print(json.dumps({
    "package": careergraph.__file__,
    "read": newsroom.public.ask(query),
    "written": admin.ask('mutation { remark(note: "seen") }'),
    "refused": newsroom.client(Role.VIEWER).ask('mutation { remark(note: "seen") }'),
    "log": admin.ask("{ editor { audit(first: 9) { nodes { verb detail } } } }"),
    "page": newsroom.public.get("/hello").text,
}))
newsroom.close()
"""


def insert(file: Path, anchor: str, text: str, *, before: bool = False) -> None:
    """Inserts text after the one place that an anchor has in a file, or before it."""
    source = file.read_text(encoding="utf-8")
    assert source.count(anchor) == 1, f"{file.name}: {anchor}"
    file.write_text(source.replace(anchor, text + anchor if before else anchor + text), encoding="utf-8")


@pytest.fixture(scope="module")
def answers(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy of the tree answers, after the recipes that need code were followed in it."""
    tree = tmp_path_factory.mktemp("tree")
    package = tree / "src" / "careergraph"
    ignored = shutil.ignore_patterns("__pycache__", "vendor")
    shutil.copytree(ROOT / "src" / "careergraph", package, ignore=ignored)
    for name in ("src/careergraph/web/vendor", "src/careergraph/editorial/suggest/semantic/vendor", "alembic", "seed"):
        if (ROOT / name).exists():
            (tree / name).symlink_to(ROOT / name)
    content, api, pages = package / "engine" / "content", package / "api", package / "web" / "pages"

    # a kind of value
    (content / "stars.py").write_text(KIND, encoding="utf-8")
    insert(content / "attribute.py", 'FLAG = "FLAG", "Yes or no."\n', '    STARS = "STARS", "A rating."\n')
    flag = "from careergraph.engine.content.options import Flag as Flag\n"
    insert(content / "value_kinds.py", flag, "from careergraph.engine.content.stars import Stars as Stars\n")
    insert(content / "value_kinds.py", "Flag, Choice)", "Stars, ", before=True)
    mirror = '@object_type(value_kinds.Stars, "A rating.", cacheable=True)\nclass Stars(Value):\n'
    (api / "types" / "value.py").write_text(
        (api / "types" / "value.py").read_text(encoding="utf-8")
        + f'\n\n{mirror}    stars: int = attr("From 1 to 5.")\n',
        encoding="utf-8",
    )

    # a field of a type
    anchor = '    title: str = localized("The title of the career.")\n'
    field = '    letters: int = attr("The letters of its slug.", lambda of: len(of.slug))\n'
    insert(api / "types" / "content.py", anchor, field)

    # a verb
    (package / "editorial" / "verbs" / "documents" / "remark.py").write_text(VERB, encoding="utf-8")
    roles, mutations = package / "editorial" / "access" / "roles.py", api / "editing" / "mutations"
    insert(roles, '    VIEW_AUDIT = "view-audit"', '    REMARK = "remark", "Write a remark."\n', before=True)
    insert(roles, '    Role.EDITOR: "', "remark ")
    insert(mutations / "release_verbs.py", "class ReleaseVerbs:\n", MUTATION)
    insert(
        mutations / "release_verbs.py",
        "from careergraph.editorial.verbs.documents.schedule import cancel_schedule, confirm_schedule\n",
        "from careergraph.editorial.verbs.documents.remark import remark\n",
    )

    # a page
    operation = "query Hello($locale: String) { labels(locale: $locale) { locale } catalog { careers } }"
    (pages / "operations" / "hello.graphql").write_text(operation, encoding="utf-8")
    template = '{% extends "layout.html" %}{% block main %}<h1>{{ catalog.careers }} careers</h1>{% endblock %}'
    (pages / "templates" / "hello.html").write_text(template, encoding="utf-8")
    (pages / "hello.py").write_text(PAGE, encoding="utf-8")
    imports = "from careergraph.web.pages.errors import missing\n"
    insert(pages / "site.py", imports, "from careergraph.web.pages.hello import hello\n")
    insert(pages / "site.py", '    "/": tool,\n', '    "/hello": hello,\n')
    return follow(tree, seeded_file)


def follow(tree: Path, seeded_file: Path) -> dict[str, Any]:
    """Loads an attribute of the new kind, and runs the script, with the copied package."""
    file = tree / "careergraph.db"
    shutil.copyfile(seeded_file, file)
    url = f"sqlite:///{file}"
    attribute = {
        "key": "mood",
        "label": {"en": "Mood", "de": "Laune"},
        "kind": "STARS",
        "better": "HIGHER",
        "position": 91,
    }
    folder = exported(tree / "content", url)
    write(folder, "attributes/mood.json", attribute)
    add_value(folder, attribute="mood", value=4)
    path = os.pathsep.join([str(tree / "src"), str(ROOT / "tests")])
    environ = {**os.environ, "PYTHONPATH": path}
    main = "from careergraph.cli import main; main()"
    value = 'value(attribute: "mood") { display ... on Stars { stars } }'
    query = f'{{ career(slug: "{CAREER}") {{ letters {value} }} }}'
    outputs = []
    for arguments in (
        ["-c", main, "check", str(folder)],
        ["-c", main, "load", str(folder), "--database", url],
        ["-c", SCRIPT, url, query],
    ):
        done = subprocess.run(
            [sys.executable, *arguments], env=environ, cwd=tree, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        outputs.append(done.stdout)
    read: dict[str, Any] = json.loads(outputs[-1].splitlines()[-1])
    assert read["package"].startswith(str(tree)), "the copy answers, not the tree"
    return read


def test_a_kind_of_value(answers: dict[str, Any]) -> None:
    assert answers["read"]["data"]["career"]["value"] == {"display": "★★★★", "stars": 4}


def test_a_field_of_a_type(answers: dict[str, Any]) -> None:
    assert answers["read"]["data"]["career"]["letters"] == len(CAREER)


def test_a_verb(answers: dict[str, Any]) -> None:
    assert answers["written"]["data"] == {"remark": "seen"}
    assert {"verb": "remark", "detail": {"note": "seen"}} in answers["log"]["data"]["editor"]["audit"]["nodes"]
    assert answers["refused"]["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_a_page(answers: dict[str, Any]) -> None:
    assert "careers</h1>" in answers["page"] and "<html" in answers["page"]


def test_a_page_of_a_host(sqlite_url: str, tmp_path: Path) -> None:
    """A file in the host's own folder replaces that of the pages."""
    (tmp_path / "templates").mkdir()
    template = '{% extends "layout.html" %}{% block main %}<h1>Ours: {{ categories | length }}</h1>{% endblock %}'
    (tmp_path / "templates" / "categories.html").write_text(template, encoding="utf-8")
    config = Config.of(database_url=sqlite_url, work=False, pages=True, pages_folder=str(tmp_path))
    assert "<h1>Ours: " in Client(CareerGraph(config).asgi()).get("/categories").text
