"""Tables of any taxonomy, by a map: the examples are imported, and a bad map is told from where it is wrong."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from careergraph.editorial.importers.mapped.json_lines import line_of
from careergraph.store.editing.drafts import drafts
from editorial.importers.sampling import run
from editorial.verbs.desk import Desk

EXAMPLES = Path(__file__).parents[3] / "examples" / "taxonomies"


def import_map(desk: Desk, folder: Path, *arguments: object) -> str:
    line = ("table", folder, "--map", folder / "map.json", *arguments)
    result = run(*line, "--database", desk.engine.url.render_as_string(hide_password=False))
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def refused(desk: Desk, folder: Path) -> str:
    result = run("table", folder, "--map", folder / "map.json", "--publish", "--database", desk.engine.url)
    assert (result.exit_code, desk.look(drafts)) == (1, ())
    assert isinstance(result.exception, SystemExit), result.output
    return " ".join(result.stderr.split())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES / "ssyk", tmp_path / "ssyk"))


def test_rome(both_desk: Desk) -> None:
    """Several files, whose words stand in English's place; one category is there already."""
    text = import_map(both_desk, EXAMPLES / "rome", "--publish")
    assert "career: 2 new" in text and "skill: 2 new" in text
    assert "category healthcare, by its name" in text
    developer = both_desk.live(("career", "etudes-et-developpement-informatique-exemple"))
    assert developer["title"] == {"en": "Études et développement informatique (exemple)"}
    assert developer["summary"]["en"].startswith("Conçoit et développe")
    assert developer["aliases"]["en"] == ["Développeur d'exemple / Développeuse d'exemple"]
    assert developer["externalIds"] == [{"scheme": "rome", "id": "M1805"}]
    assert developer["relations"] == [{"source": "rome", "scheme": "rome", "ids": ["J1506"]}]
    (skill,) = developer["skills"]
    assert skill["concepts"][0]["skill"] == "ecrire-un-programme-d-exemple"
    assert both_desk.live(("career", "soins-infirmiers-exemple"))["category"] == "healthcare"
    assert both_desk.live(("source", "rome"))["licence"] == "Licence Ouverte 2.0"
    assert "Nothing changed." in import_map(both_desk, EXAMPLES / "rome", "--publish")


def test_kldb(desk: Desk) -> None:
    """Rows of one level alone; German beside what stands in English's place."""
    text = import_map(desk, EXAMPLES / "kldb", "--publish")
    assert "career: 2 new" in text
    nurse = desk.live(("career", "krankenpflege-beispiel"))
    assert nurse["title"] == {"de": "Krankenpflege (Beispiel)", "en": "Krankenpflege (Beispiel)"}
    assert nurse["summary"] == {
        "de": "Berufsgattung 81302 der KldB 2010: Krankenpflege (Beispiel).",
        "en": "Occupational type 81302 of the KldB 2010.",
    }
    assert nurse["aliases"]["de"] == ["Berufe in der Krankenpflege (Beispiel)"]


def test_ssyk(desk: Desk) -> None:
    """Texts in two languages, and figures with a decimal comma."""
    import_map(desk, EXAMPLES / "ssyk", "--publish")
    developer = desk.live(("career", "software-developers-of-an-example"))
    (salary,) = developer["values"]
    figure = {name: salary[name] for name in ("low", "high", "currency", "period", "basis", "lowPercentile", "region")}
    assert figure == {
        "low": 37900,
        "high": 69200.5,
        "currency": "SEK",
        "period": "MONTH",
        "basis": "PERCENTILES",
        "lowPercentile": 10,
        "region": "Sweden",
    }
    assert (salary["source"], salary["observedOn"]) == ("ssyk", "2024-01-01")
    (salary,) = desk.live(("career", "nurses-of-an-example"))["values"]
    assert ("low" in salary, salary["high"]) == (False, 48100)


def test_a_later_edition_changes_the_differences(desk: Desk, folder: Path) -> None:
    import_map(desk, folder, "--publish")
    table, mapping = folder / "ssyk-2012-koder.csv", folder / "map.json"
    table.write_text(table.read_text(encoding="utf-8").replace("Nurses of an example", "Nurses"), encoding="utf-8")
    assert "career: 1 changed" in import_map(desk, folder, "--dry-run")
    mapping.write_text(mapping.read_text(encoding="utf-8").replace('"vintage": "2012"', '"vintage": "1996"'))
    assert "ssyk 1996 is older than 2012" in refused(desk, folder)


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda it: it.pop("source"), "map.json:1: Object missing required field `source`"),
        (lambda it: it["tables"][0].update(colums={}), "field `colums`; did you mean columns?"),
        (
            lambda it: it["tables"][0].update(of="jobs"),
            "a table is one of occupations, skills, names, occupation-skills",
        ),
        (
            lambda it: it["tables"][0].pop("summary"),
            "no occupation can be imported: 2 occupations that no table describes, the first in ssyk-2012-koder.csv:2",
        ),
        (lambda it: it["tables"][0]["columns"].update(id=1), "tables[0].columns.id: Expected `str`, got `int`"),
        (
            lambda it: it["tables"][0]["columns"].update(id="SSYK kod"),
            "columns.id: the table ssyk-2012-koder.csv has no column 'SSYK kod'; did you mean 'SSYK 2012 kod'?",
        ),
        (
            lambda it: it["tables"][0].update(file="x.csv"),
            "no file has the name 'x.csv'; there are loner.csv, ssyk-2012",
        ),
        (lambda it: it["tables"][0].update(separator=";;"), 'tables[0].separator: must be one character, as ","'),
        (lambda it: it["tables"][0].update(where={"Nivå": "4"}), "tables[0].where.Nivå: the table"),
        (lambda it: it.update(importer="onet"), "importer: must be words of a-z and 0-9 joined by -, and none of onet"),
        (lambda it: it["source"].pop("vintage"), "source: needs its vintage"),
        (lambda it: it.update(categories={}), "categories: no category is for the id '2512' of ssyk-2012-koder.csv:2"),
        (lambda it: it["tables"].pop(0), "needs a table of occupations or of skills"),
        (lambda it: it["tables"][2].update(attribute="pay"), "tables[2].attribute: there is no attribute 'pay'; there"),
        (lambda it: it["tables"][2]["constants"].update(units="x"), "constants.units: is no column of a figure; they"),
        (
            lambda it: it["tables"][0]["columns"].update(title="Benämning"),
            "language: the texts of ssyk-2012-koder.csv:2 are in sv, and every text of the catalog is written in en",
        ),
    ],
)
def test_a_bad_map_is_refused_by_line_and_with_what_would_be_right(
    desk: Desk, folder: Path, change: Change, message: str
) -> None:
    mapping = json.loads((folder / "map.json").read_text(encoding="utf-8"))
    change(mapping)
    (folder / "map.json").write_text(json.dumps(mapping, indent=2, ensure_ascii=False), encoding="utf-8")
    text = refused(desk, folder)
    assert message in text and "map.json:" in text


def test_a_map_that_is_no_json(desk: Desk, folder: Path) -> None:
    (folder / "map.json").write_text('{\n"importer": "x",\n"language" "sv"}', encoding="utf-8")
    assert "map.json:3: the map is not JSON" in refused(desk, folder)


def test_a_map_says_whether_a_point_separates_thousands(desk: Desk, folder: Path) -> None:
    mapping, table = folder / "map.json", folder / "loner.csv"
    table.write_text("SSYK 2012 kod;P10;P90\n2512;37.900;69.200\n", encoding="utf-8")
    content = json.loads(mapping.read_text(encoding="utf-8"))
    figures = content["tables"][2]
    del figures["decimal"]
    mapping.write_text(json.dumps(content), encoding="utf-8")
    assert "loner.csv:2: value: 37.900 may be 37900 or a fraction" in refused(desk, folder)
    for decimal, low in ((".", 37.9), (",", 37900)):
        figures["decimal"] = decimal
        mapping.write_text(json.dumps(content), encoding="utf-8")
        import_map(desk, folder, "--publish")
        (salary,) = desk.live(("career", "software-developers-of-an-example"))["values"]
        assert salary["low"] == low


def test_bad_rows_are_told_by_file_and_line(desk: Desk, folder: Path) -> None:
    table = folder / "loner.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("37.900,00", "many"), encoding="utf-8")
    assert "loner.csv:2: value" in refused(desk, folder)
    table.write_text(f"{text}2512;1;2\n", encoding="utf-8")
    assert "loner.csv:4: occupation: the occupation has another row" in refused(desk, folder)
    codes = folder / "ssyk-2012-koder.csv"
    codes.write_text(codes.read_text(encoding="utf-8").replace("2512;", ";"), encoding="utf-8")
    assert "ssyk-2012-koder.csv:2: has no occupation id" in refused(desk, folder)


def test_the_schema_of_maps_is_printed(desk: Desk) -> None:
    result = run("table", "--schema")
    assert result.exit_code == 0
    assert {"importer", "source", "tables"} <= json.loads(result.stdout)["$defs"]["TableMap"]["properties"].keys()


def test_the_line_of_a_value() -> None:
    text = '{\n "a": [1, {"x": "},\\"]"}],\n "b": {\n  "c": true}\n}'
    assert [line_of(text, path) for path in ((), ("a", 1, "x"), ("b",), ("b", "c"), ("b", "nothing"), ("z",))] == [
        1, 2, 3, 4, 3, 1
    ]  # fmt: skip
