"""Rampart, a small detector of names and addresses that also sees what is written in small letters (anonymise/models/ATTRIBUTION.md)."""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from timeline.errors import OutputError

MODELS = Path(__file__).parent.parent / "models"
# a window the model sees best in, and what neighbours share, in tokens (its limit is 512)
WINDOW_TOKENS = 120
SHARED_TOKENS = 24
THRESHOLD = 0.5
KINDS = {
    "GIVEN_NAME": "GIVEN_NAME",
    "SURNAME": "SURNAME",
    "BUILDING_NUMBER": "ADDRESS_PART",
    "STREET_NAME": "ADDRESS_PART",
    "SECONDARY_ADDRESS": "ADDRESS_PART",
    "CITY": "TOWN",
}


@dataclass(frozen=True, slots=True)
class Guess:
    """A span that the model found in one text: characters start to end (exclusive)."""

    kind: str
    start: int
    end: int
    score: float


class Rampart:
    """The loaded model. It reads one text at a time, so that what it finds never depends on other texts; any number of threads may ask."""

    def __init__(self, folder: Path = MODELS) -> None:
        """Load the model from the folder; OutputError where a file of it is not the one that was built."""
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when it is imported; without it onnxruntime calls its maker
        import onnxruntime  # type: ignore[import-untyped, unused-ignore]
        from tokenizers import Tokenizer

        _check(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # whole texts side by side waste less than threads inside one text, which wait for one another
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "rampart-int8.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # its fused form takes five times as long on a processor
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._first, self._last = (int(self._tokenizer.token_to_id(each) or 0) for each in ("[CLS]", "[SEP]"))
        self._labels: list[str] = json.loads((folder / "labels.json").read_text("utf-8"))

    def find(self, text: str) -> list[Guess]:
        """What the model finds in a text, in order; overlapping windows make sure that a long one is seen whole."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        best: dict[int, tuple[float, int]] = {}
        for start in _starts(len(encoded.ids)):
            labels, scores = self._classify(encoded.ids[start : start + WINDOW_TOKENS])
            for token, (label, score) in enumerate(zip(labels, scores, strict=True), start):
                if label and score >= THRESHOLD and score > best.get(token, (0.0, 0))[0]:
                    best[token] = (score, label)
        return _spans(text, encoded.offsets, best, self._labels)

    def _classify(self, window: list[int]) -> tuple[list[int], list[float]]:
        """The label of each token of a window, and its probability."""
        import numpy as np

        ids = np.array([[self._first, *window, self._last]], dtype=np.int64)
        fed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        logits: Any = self._session.run(None, fed)[0][0, 1:-1]
        odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
        odds /= odds.sum(axis=-1, keepdims=True)
        return odds.argmax(-1).tolist(), odds.max(-1).tolist()


def _starts(tokens: int) -> range:
    return range(0, max(1, tokens - SHARED_TOKENS), WINDOW_TOKENS - SHARED_TOKENS)


def _spans(text: str, offsets: Sequence[tuple[int, int]], found: dict[int, tuple[float, int]], labels: list[str]) -> list[Guess]:
    """Neighbouring tokens of one label as one span, widened to whole words."""
    spans: list[Guess] = []
    for token in sorted(found):
        score, label = found[token]
        begins, name = labels[label].split("-", 1)
        kind = KINDS.get(name)
        start, end = offsets[token]
        if not kind or start == end:
            continue
        last = spans[-1] if spans else None
        within_word = last is not None and text[last.end : start] == "" and text[start].isalnum()
        if last and last.kind == kind and (within_word or (begins == "I" and text[last.end : start].isspace())):
            spans[-1] = Guess(kind, last.start, end, max(last.score, score))
        elif not within_word:
            spans.append(Guess(kind, start, end, score))
    return [_whole_words(text, span) for span in spans]


def _whole_words(text: str, span: Guess) -> Guess:
    start, end = span.start, span.end
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Guess(span.kind, start, end, span.score)


def _check(folder: Path) -> None:
    """Every file of the model is the one that SHA256SUMS lists."""
    for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
        wanted, name = line.split()
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            raise OutputError(f"the name detector's file {name} is missing or was changed; install the program anew or rebuild the model")
