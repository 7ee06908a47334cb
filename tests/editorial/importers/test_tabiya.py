"""ESCO as Tabiya publishes it: columns in capitals, relations by ids, occupations of its own, no language in names."""

from pathlib import Path

import pytest

from editorial.importers.sampling import run
from editorial.verbs.desk import Desk

ESCO = "http://data.europa.eu/esco"
OWN = "d76f0bac-7145-4acc-a53e-259b96a6346b"
TABLES = {
    "model_info.csv": [
        '"UUIDHISTORY","NAME","LOCALE","DESCRIPTION","VERSION","RELEASED","RELEASENOTES","LANGUAGES"',
        '"1ea8093e-819d-4321-bcf6-61d4f6093c82","Tabiya (ESCO 1.1.1)","EU-en","On ESCO.","v1.0.1","true","","en"',
    ],
    "occupations.csv": [
        '"ORIGINURI","ID","UUIDHISTORY","OCCUPATIONGROUPCODE","CODE","PREFERREDLABEL","ALTLABELS","DESCRIPTION",'
        '"DEFINITION","SCOPENOTE","REGULATEDPROFESSIONNOTE","OCCUPATIONTYPE","ISLOCALIZED"',
        f'"{ESCO}/occupation/o1","key_1","583cf200-fe20-4ec5-b5c9-d1a4c4fa4adb","7411","7411.1","metal driller",'
        '"metal driller\nborer of metal","Drills\tmetal, in the\x80\x99 shop.","","","","escooccupation","false"',
        f'"","key_2","aa8093e0-819d-4321-bcf6-61d4f6093c82\n{OWN}","5221","5221_2","micro-entrepreneur",'
        '"micro-entrepreneur","Sells.","","","","localoccupation","false"',
        f'"","key_3","{OWN.replace("d76", "e76")}","I42","I42_0_3","caring for children","","Cares.","","","",'
        '"localoccupation","false"',
        f'"","key_4","{OWN.replace("d76", "f76")}","I11","I11_1","working at home","","Works.","","","",'
        '"localoccupation","false"',
        '"","key_5","","I42","I42_0_4","nobody knows","","Nothing.","","","","localoccupation","false"',
    ],
    "occupation_groups.csv": [
        '"ORIGINURI","ID","UUIDHISTORY","CODE","GROUPTYPE","PREFERREDLABEL","ALTLABELS","DESCRIPTION"',
        f'"{ESCO}/isco/C7411","key_1","9654a309-e48f-4c74-85b7-3dbb52ef0a90","7411","iscogroup","Drillers","","Drill."',
    ],
    "skills.csv": [
        '"ORIGINURI","ID","UUIDHISTORY","SKILLTYPE","REUSELEVEL","PREFERREDLABEL","ALTLABELS","DESCRIPTION",'
        '"DEFINITION","SCOPENOTE",ISLOCALIZED',
        f'"{ESCO}/skill/s1","key_1","d2f8efc3-4e03-4ba2-83c6-70ec9a3dbfdc","skill/competence","cross-sector",'
        '"drill metal","bore metal","Drill it.","","","false"',
        f'"{ESCO}/skill/s2","key_2","d2f8efc3-4e03-4ba2-83c6-70ec9a3dbfdd","knowledge","cross-sector","metals","",'
        '"Know them.","","","false"',
    ],
    "skill_groups.csv": [
        '"ORIGINURI","ID","UUIDHISTORY","CODE","PREFERREDLABEL","ALTLABELS","DESCRIPTION","SCOPENOTE"',
        f'"{ESCO}/skill/g1","key_3","d2f8efc3-4e03-4ba2-83c6-70ec9a3dbfde","S1","working with metal","","",""',
    ],
    "skill_hierarchy.csv": [
        '"PARENTOBJECTTYPE","PARENTID","CHILDID","CHILDOBJECTTYPE"',
        '"skillgroup","key_3","key_1","skill"',
    ],
    "occupation_hierarchy.csv": [
        '"PARENTOBJECTTYPE","PARENTID","CHILDID","CHILDOBJECTTYPE"',
        '"iscogroup","key_1","key_2","escooccupation"',
    ],
    "skill_to_skill_relations.csv": ['"REQUIRINGID","RELATIONTYPE","REQUIREDID"', '"key_1","optional","key_2"'],
    "occupation_to_skill_relations.csv": [
        '"OCCUPATIONTYPE","OCCUPATIONID","RELATIONTYPE","SKILLID","SIGNALLINGVALUELABEL","SIGNALLINGVALUE"',
        '"escooccupation","key_1","essential","key_1","",""',
        '"escooccupation","key_1","optional","key_2","",""',
    ],
}
"""Rows of its documentation and its published data sets, with other texts."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "csv"
    place.mkdir()
    for name, lines in TABLES.items():
        (place / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def done(desk: Desk, *arguments: object) -> str:
    result = run("esco", *arguments, "--publish", "--database", desk.engine.url.render_as_string(hide_password=False))
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_the_tables_of_tabiya_are_imported(desk: Desk, folder: Path) -> None:
    text = done(desk, folder)
    assert "career: 3 new" in text
    assert "Left out: 1 concepts without a URI and a UUID." in text
    assert "Left out: 1 occupations of the group I11, of which the profile has no category." in text
    driller = desk.live(("career", "metal-driller"))
    assert driller["summary"]["en"] == "Drills metal, in the’ shop."
    assert driller["aliases"] == {"en": ["borer of metal"]}
    assert [it["concepts"][0]["skill"] for it in driller["skills"]] == ["drill-metal"]
    assert {(it["scheme"], it["id"]) for it in driller["externalIds"]} == {
        ("esco", f"{ESCO}/occupation/o1"),
        ("isco", "7411"),
    }
    own = desk.live(("career", "micro-entrepreneur"))
    assert {(it["scheme"], it["id"]) for it in own["externalIds"]} == {("tabiya", OWN), ("isco", "5221")}
    assert desk.live(("career", "caring-for-children"))["category"] == "unpaid-caregiving"
    drill = desk.live(("skill", "drill-metal"))
    assert (drill["broader"], drill["related"], drill["family"]["en"]) == (
        ["working-with-metal"],
        ["metals"],
        "ESCO skills",
    )
    source = desk.live(("source", "tabiya-esco"))
    assert (source["publisher"], source["vintage"]) == ("Tabiya", "1.1.1, v1.0.1")
    assert "Nothing changed." in done(desk, folder)


def test_it_meets_the_concepts_of_the_european_commission(desk: Desk, folder: Path, tmp_path: Path) -> None:
    """By their URIs: one driller, whichever came first."""
    esco = tmp_path / "esco_1_2_0"
    esco.mkdir()
    header = "conceptType;conceptUri;iscoGroup;preferredLabel;altLabels;status;description;code"
    row = f'Occupation;{ESCO}/occupation/o1;7411;metal driller;"driller\r\nborer";released;"Drills;\tmetal.";7411.1'
    (esco / "occupations_en.csv").write_bytes(f"{header}\r\n{row}\r\n".encode())
    done(desk, esco)
    assert desk.live(("career", "metal-driller"))["aliases"] == {"en": ["driller", "borer"]}
    assert desk.live(("career", "metal-driller"))["summary"] == {"en": "Drills; metal."}
    assert "career: 2 new, 1 changed" in done(desk, folder)


def test_esco_without_english_says_what_it_needs(desk: Desk, folder: Path) -> None:
    for name in ("occupations", "skills", "skill_groups"):
        (folder / f"{name}.csv").rename(folder / f"{name}_de.csv")
    result = run("esco", folder, "--database", desk.engine.url)
    message = " ".join(result.stderr.split())
    assert (result.exit_code, "give the tables in English too (as skills_en.csv)" in message) == (1, True)
    assert "there are those in de" in message


def test_a_name_that_is_too_long_refuses_no_import(desk: Desk, folder: Path) -> None:
    table = folder / "skills.csv"
    table.write_text(table.read_text(encoding="utf-8").replace('"metals"', f'"{"metal " * 60}"'), encoding="utf-8")
    text = done(desk, folder)
    assert "Left out: a name of 359 characters in skills.csv:3; 300 are allowed." in text
    assert desk.is_live(("skill", "drill-metal"))
