"""ESCO: occupations and skill concepts in the languages that are there, with hierarchy and relations."""

import shutil
from pathlib import Path

import pytest

from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.editing.drafts import drafts
from editorial.importers.sampling import DATA, SAMPLE, run
from editorial.verbs.desk import Desk

URI = "http://data.europa.eu/esco/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE / "esco_1_2_0", tmp_path / "esco_1_2_0"))


def done(desk: Desk, *arguments: object) -> str:
    result = run("esco", *arguments, "--database", desk.engine.url.render_as_string(hide_password=False))
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_occupations_and_skills(both_desk: Desk, folder: Path) -> None:
    """Each once, in the languages of the catalog, from whichever tables name it."""
    text = done(both_desk, folder, "--publish")
    assert "skill: 3 new, 1 changed career: 2 new" in text
    director = both_desk.live(("career", "technical-director"))
    assert director["title"] == {"en": "Technical Director", "de": "Technischer Leiter"}
    assert director["aliases"] == {"en": ["technical and operations director", "head of technical"]}
    assert (director["category"], director["summary"]["de"][:15]) == ("arts-media", "Technische Leit")
    assert director["externalIds"] == [
        {"scheme": "esco", "id": f"{URI}occupation/o1"},
        {"scheme": "isco", "id": "2654"},
    ]
    drill, metals = both_desk.live(("skill", "drill-metal")), both_desk.live(("skill", "metals"))
    assert drill["aliases"] == {"en": ["bore metal", "make holes in metal"], "de": ["Löcher bohren"]}
    assert drill["broader"] == ["engineering-manufacturing-and-construction"]
    assert (metals["related"], "related" in drill) == (["drill-metal"], False), "each relation is stored once"
    assert metals["aliases"] == {"en": ["metallic materials", "ores"]}
    assert metals["family"]["en"] == "ESCO knowledge"
    driller = both_desk.live(("career", "metal-driller"))
    assert [it["concepts"][0]["skill"] for it in driller["skills"]] == ["drill-metal", "metals"]
    assert not both_desk.is_live(("career", "ghost"))
    assert "Nothing changed." in done(both_desk, folder, "--publish")


def test_a_concept_of_the_same_name_is_the_same(desk: Desk, folder: Path) -> None:
    """It gets the id, and keeps all else."""
    before = desk.live(("skill", "negotiation"))
    done(desk, folder, "--publish")
    after = desk.live(("skill", "negotiation"))
    assert after == before | {"externalIds": [{"scheme": "esco", "id": f"{URI}skill/s3"}]}


def test_the_source_reaches_readers(desk: Desk, folder: Path) -> None:
    done(desk, folder, "--publish")
    source = Catalogs(desk.engine).current().sources["esco"]
    assert (source.vintage, source.title) == ("1.2.0", "ESCO 1.2.0")
    assert source.credit is not None and "ESCO classification of the European Commission" in source.credit


@pytest.mark.parametrize(("only", "kinds"), [("skills", {"skill", "source"}), ("occupations", {"career", "source"})])
def test_one_of_the_two_alone(desk: Desk, folder: Path, only: str, kinds: set[str]) -> None:
    (folder / "occupationSkillRelations_en.csv").unlink()
    assert "skills of occupations careers have no skills" in done(desk, folder, "--only", only)
    assert {it.key[0] for it in desk.look(drafts)} == kinds


def test_an_occupation_that_is_gone(desk: Desk, folder: Path) -> None:
    done(desk, folder, "--publish")
    later = Path(shutil.copytree(folder, folder.parent / "esco_1_3_0"))
    file = later / "occupations_en.csv"
    file.write_text(file.read_text().replace("metal driller,,,released", "metal driller,,,obsolete"))
    (later / "occupationSkillRelations_en.csv").unlink()
    done(desk, later, "--only", "skills", "--publish")
    assert desk.is_live(("career", "metal-driller"))
    assert "career: 1 gone" in done(desk, later, "--publish")
    assert not desk.is_live(("career", "metal-driller"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("conceptUri,iscoGroup", "iscoGroup,conceptUri", "occupations_en.csv:2: '2654' is not a URI of a concept"),
        (",7411,", ",craft,", "occupations_en.csv:4: 'craft' is not a code of ISCO"),
        ('"technical and', '""technical and', "occupations_en.csv:2: the row"),
    ],
)
def test_what_cannot_be_right_is_refused(desk: Desk, folder: Path, old: str, new: str, message: str) -> None:
    file = folder / "occupations_en.csv"
    file.write_text(file.read_text().replace(old, new, 1))
    result = run("esco", folder, "--database", desk.engine.url)
    assert result.exit_code == 1
    assert message in result.stderr.splitlines()[-1]
    assert desk.look(drafts) == ()


def test_a_version_that_nothing_says(desk: Desk, folder: Path, tmp_path: Path) -> None:
    result = run("esco", folder.rename(tmp_path / "tables"), "--database", desk.engine.url)
    assert "give it as --release, such as 1.2.0" in result.stderr


@pytest.mark.skipif(not DATA.is_dir(), reason="the open career data is not beside the repository")
def test_the_open_data_is_understood(desk: Desk) -> None:
    """Planned, not written: the whole of it takes its time, and `make bench` takes it."""
    text = done(desk, DATA / "esco_1_2_0", DATA / "esco_labels_2026-06", "--dry-run")
    assert "career: 3,018 new, 21 changed" in text
    assert "skill: 14,518 new, 47 changed" in text
