"""Content files are read whatever is in them: each thing that is wrong has a code, a file and, where it can, a line."""

import json
import os
from pathlib import Path

import msgspec
import pytest

from careergraph.editorial.content import content_file
from careergraph.editorial.content.content_folder import FOLDERS, read, to_text
from careergraph.store.documents.documents import DOCUMENTS, CareerDocument, CategoryDocument
from editorial.folder import codes, examples, problems, write_folder


def refused(tmp_path: Path, body: bytes | str) -> tuple[str, int | None]:
    """Code and line of what is wrong with one file of categories."""
    folder = tmp_path / "content" / "categories"
    folder.mkdir(parents=True)
    (folder / "x.json").write_bytes(body if isinstance(body, bytes) else body.encode())
    (problem,) = problems(folder.parent)
    assert problem.file == str(folder / "x.json")
    assert "\n" not in str(problem)
    return problem.code, problem.line


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        (b'{"slug":\n "\xff"}', "NOT_UTF8", 2),
        (b'\xef\xbb\xbf{"slug": "x"}', "NOT_UTF8", 1),
        ("", "BAD_JSON", 1),
        ('{\n"slug": "x",\n}', "BAD_JSON", 3),
        ('{"slug": "x\x00"}', "BAD_JSON", 1),
        ('{"slug": NaN}', "BAD_JSON", None),
        ('{"slug":\n' + "1" * 5000 + "}", "BAD_JSON", 2),
        ("[" * 100_000 + "]" * 100_000, "BAD_JSON", None),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "BAD_JSON", None),
        ('{"slug": "x",\n"name": {"en": "X"},\n"slug": "y"}', "DUPLICATE_KEY", 3),
        ("3", "BAD_SHAPE", 1),
        ('[{"slug": "x", "name": {"en": "X"}},\n"no"]', "BAD_SHAPE", 2),
        ('{"slug": "x",\n"name": {"en":\n"X\\u0000"}}', "BAD_TEXT", 2),
        ('{"slug": "x",\n"name": {\n"en": "X\\ud800"}}', "BAD_TEXT", 3),
    ],
)
def test_a_hostile_file_is_a_problem(tmp_path: Path, body: bytes | str, code: str, line: int | None) -> None:
    assert refused(tmp_path, body) == (code, line)


def test_a_huge_file_is_refused_without_reading_it_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_file, "MAX_BYTES", 1024 * 1024)
    monkeypatch.setattr("careergraph.editorial.content.content_folder.MAX_BYTES", 1024 * 1024)
    path = tmp_path / "careers" / "x.json"
    path.parent.mkdir()
    with path.open("wb") as file:
        file.truncate(100 * 1024**3)  # a sparse file: reading it whole would take all memory there is
    (problem,) = problems(tmp_path)
    assert (problem.code, problem.message) == (
        "TOO_LARGE",
        "the file is larger than 1 MiB; split it into several files",
    )


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text('{"slug": "x", "name": {"en": "X"}}')
    folder = tmp_path / "content" / "categories"
    folder.mkdir(parents=True)
    (folder / "x.json").symlink_to(secret)
    assert codes(problems(folder.parent)) == [("OUTSIDE", "")]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    folder = tmp_path / "categories"
    folder.mkdir()
    (folder / ".real").write_text('{"slug": "x", "name": {"en": "X"}}')
    (folder / "x.json").symlink_to(folder / ".real")
    assert problems(tmp_path) == []


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "careers").mkdir()
    os.mkfifo(tmp_path / "careers" / "x.json")
    assert codes(problems(tmp_path)) == [("UNKNOWN_FILE", "")]


def test_what_does_not_belong_is_a_problem_and_what_may_stay_is_none(tmp_path: Path) -> None:
    write_folder(tmp_path, {"categories": [{"slug": "x", "name": {"en": "X"}}]})
    (tmp_path / "README.md").write_text("read me")
    (tmp_path / ".git").mkdir()
    assert problems(tmp_path) == []
    (tmp_path / "carers").mkdir()
    (tmp_path / "categories" / "y.jsn").write_text("{}")
    assert codes(problems(tmp_path)) == [("UNKNOWN_FOLDER", ""), ("UNKNOWN_FILE", "")]


@pytest.mark.parametrize("kind", ["nothing", "file", "empty folder", "folder that is a file"])
def test_a_folder_that_cannot_be_read_is_a_problem(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "content"
    if kind == "file":
        path.write_text("")
    if kind == "empty folder":
        path.mkdir()
    if kind == "folder that is a file":
        (path / "skills").mkdir(parents=True)
        (path / "careers").write_text("")
    assert codes(problems(path)) == [("UNREADABLE", "")]


def test_all_that_is_wrong_with_a_shape_is_said_at_once(tmp_path: Path) -> None:
    career = examples()["careers"][0]
    del career["slug"]
    career |= {"titel": {"en": "x"}, "summary": {"en": 5}, "aliases": {"en": ["x", 3]}}
    career["values"][0] |= {"low": "31000", "hihg": 5, "observedOn": "2026-02-30"}
    (tmp_path / "careers").mkdir()
    (tmp_path / "careers" / "x.json").write_text(json.dumps(career, indent=2))
    assert codes(problems(tmp_path)) == [
        ("BAD_SHAPE", path)
        for path in (
            "slug",
            "summary.en",
            "aliases.en[1]",
            "values[0].observedOn",
            "values[0].low",
            "values[0].hihg",
            "titel",
        )
    ]


def test_a_document_without_shape_does_not_make_others_dangle(tmp_path: Path) -> None:
    content = examples()
    content["categories"][0]["name"] = "Crafts"
    assert codes(problems(write_folder(tmp_path, content))) == [("BAD_SHAPE", "name")]


def test_one_file_may_hold_many_documents_and_lines_are_right(tmp_path: Path) -> None:
    (tmp_path / "categories").mkdir()
    listed = [{"slug": "x", "name": {"en": "X"}}, {"slug": "Y", "name": {"en": " "}}]
    (tmp_path / "categories" / "all.json").write_text(json.dumps(listed, indent=1))
    assert [(it.code, it.path, it.line) for it in problems(tmp_path)] == [
        ("BAD_IDENT", "slug", 9),
        ("MISSING_TEXT", "name.en", 11),
    ]


def test_problems_come_by_file_and_line(tmp_path: Path) -> None:
    content = examples()
    content["careers"][0] |= {"category": "craft", "slug": "Joiner"}
    content["skills"][0]["broader"] = ["woodwrok"]
    listed = problems(write_folder(tmp_path, content))
    assert [(it.file, it.line) for it in listed] == sorted((it.file, it.line) for it in listed)
    assert any(it.message.endswith("did you mean crafts?") for it in listed)


def test_every_type_has_a_folder_and_an_example() -> None:
    assert set(FOLDERS) == set(examples()) == {document.FOLDER for document in DOCUMENTS}


def test_what_is_written_is_read_again_as_the_same(tmp_path: Path) -> None:
    write_folder(tmp_path, examples())
    first = read([tmp_path])
    again = tmp_path / "again"
    for entry in first.entries:
        path = again / entry.document.FOLDER / f"{entry.document.ident}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(to_text(entry.document))
    assert [entry.document for entry in read([again]).entries] == [entry.document for entry in first.entries]


def test_a_whole_number_is_written_without_a_point() -> None:
    fields = examples()["careers"][0]
    text = to_text(msgspec.json.decode(json.dumps(fields), type=CareerDocument))
    assert '"low": 31000,' in text
    assert msgspec.json.decode(text, type=CareerDocument) == msgspec.json.decode(
        json.dumps(fields), type=CareerDocument
    )


def test_a_written_file_is_made_for_people_and_diffs() -> None:
    category = CategoryDocument(slug="x", name={"en": "Für wen?"})
    assert to_text(category) == '{\n  "slug": "x",\n  "name": {\n    "en": "Für wen?"\n  }\n}\n'
