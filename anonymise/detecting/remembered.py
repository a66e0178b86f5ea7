"""Detectors that are asked only about texts in which no earlier run looked: what they found is kept by keyed hashes of the texts."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import astuple
from typing import Protocol

from anonymise.detecting.detectors import ByText, Found, Stretches, by_parts

_NAME_BYTES = 16


class Detecting(Protocol):
    """Whatever looks into texts: `Detectors`, here or in a process of their own."""

    def detect(self, whole: Sequence[str], asked: Sequence[str]) -> tuple[ByText, ByText]:
        """The shapes in each of the first texts, and the names in each of the others; none may stand twice in either."""


class Remembered:
    """The detectors with what earlier runs found. They are asked when a text comes that none of these saw."""

    def __init__(self, detectors: Detecting, key: bytes, known: bytes | None = None) -> None:
        """`key` is secret (64 bytes at most); `known` is what `dump` gave to an earlier run with the same key, rules and models."""
        self._detectors, self._key = detectors, key
        self._known: ByText = _read(known) if known else {}
        self._used: dict[str, Sequence[Found]] = {}

    def find(self, texts: Sequence[str], doubtful: Callable[[int], Stretches] | None = None) -> list[list[Found]]:
        """As the detectors do."""
        return by_parts(texts, doubtful, self._detect)

    def dump(self) -> bytes:
        """What was found in every text that this run asked about; it holds keyed hashes and offsets, and no text."""
        return json.dumps({name: [astuple(each) for each in found] for name, found in sorted(self._used.items())}).encode("ascii")

    def _detect(self, whole: Sequence[str], asked: Sequence[str]) -> tuple[ByText, ByText]:
        shapes = {text: self._name("shapes", text) for text in whole}
        names = {text: self._name("names", text) for text in asked}
        self._used |= {name: self._known[name] for name in (*shapes.values(), *names.values()) if name in self._known}
        new_whole = [text for text, name in shapes.items() if name not in self._used]
        new_asked = [text for text, name in names.items() if name not in self._used]
        if new_whole or new_asked:
            for named, found in zip((shapes, names), self._detectors.detect(new_whole, new_asked), strict=True):
                self._used |= {named[text]: each for text, each in found.items()}
        return {text: self._used[name] for text, name in shapes.items()}, {text: self._used[name] for text, name in names.items()}

    def _name(self, engine: str, text: str) -> str:
        data = f"{engine}\0{text}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, key=self._key, digest_size=_NAME_BYTES).hexdigest()


def _read(known: bytes) -> dict[str, tuple[Found, ...]]:
    return {name: tuple(Found(*each) for each in found) for name, found in json.loads(known).items()}
