"""The name detectors: Presidio over a slim spaCy, our own patterns and Rampart, loaded once and run over many texts at a time."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import batched
from typing import TYPE_CHECKING

from anonymise.detecting.rampart import Rampart
from anonymise.rules import Pattern

if TYPE_CHECKING:
    from presidio_analyzer import BatchAnalyzerEngine, RecognizerResult
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    from anonymise.detecting.presidio import PatternsRecogniser, RampartRecogniser

# characters start to end (exclusive) of parts of a text, in order
type Stretches = Sequence[tuple[int, int]]
# gives the texts to search for names; it is called once, be it in another thread
type Asked = Callable[[], Sequence[str]]
BATCH = 64
# longest stretch that is given to a detector at once: spaCy's memory grows with it
LONGEST = 20_000
SPACY_KINDS = {"PERSON": "PERSON", "ORG": "ORG_GUESS", "GPE": "TOWN", "LOC": "TOWN", "FAC": "TOWN"}
SPACY_IGNORED = [
    "DATE",
    "TIME",
    "MONEY",
    "QUANTITY",
    "ORDINAL",
    "CARDINAL",
    "PERCENT",
    "PRODUCT",
    "EVENT",
    "WORK_OF_ART",
    "LAW",
    "LANGUAGE",
    "NORP",
]
PRESIDIO_KINDS = {"PHONE_NUMBER": "PHONE"} | dict.fromkeys(
    ("IBAN_CODE", "CREDIT_CARD", "IP_ADDRESS", "UK_NINO", "UK_DRIVING_LICENCE"), "IDENTIFIER"
)
# the shortest number that is a telephone's in Jersey has six digits; brackets, points and an "x" may stand between them
SIX_DIGITS = r"\d(?:[\W_xX]{0,12}\d){5}"


@dataclass(frozen=True, slots=True)
class Found:
    """What a detector found in one text: characters start to end (exclusive) of the clean text, the kind, how sure, and which detector."""

    start: int
    end: int
    kind: str
    score: float
    found_by: str

    def after(self, characters: int) -> "Found":
        """The same, so many characters further on."""
        return Found(self.start + characters, self.end + characters, self.kind, self.score, self.found_by) if characters else self


class Detectors:
    """The detectors, ready to run. Made by `load_detectors`; anything with the same `find` may stand in for it in tests."""

    def __init__(
        self,
        shapes: "BatchAnalyzerEngine",
        patterns: "PatternsRecogniser",
        names: Sequence["BatchAnalyzerEngine"],
        rampart: "RampartRecogniser",
    ) -> None:
        """Hold the engine for shapes and those for names, the slowest last, and of the first and last the recogniser that reads texts ahead."""
        self._shapes, self._patterns, self._names, self._rampart = shapes, patterns, names, rampart

    def find(self, texts: Sequence[str], doubtful: Callable[[int], Stretches] | None = None) -> list[list[Found]]:
        """What all detectors found in each clean text. A very long text is seen in pieces, cut between lines or words.

        Shapes are looked for everywhere; names, which take a hundred times as long, in the stretches that `doubtful` gives for the number
        of a text: without it, everywhere.
        """
        return by_parts(texts, doubtful, self.detect)

    def detect(self, whole: Sequence[str], asked: Asked) -> tuple[dict[str, list[Found]], dict[str, list[Found]]]:
        """The shapes in each of the first texts, and the names in each of those that `asked` gives, whenever it does; none may stand twice in
        either.
        """
        shapes: dict[str, list[Found]] = {}
        with self._rampart.ahead(asked) as texts_asked:
            self._patterns.read(whole)
            for batch in batched(whole, BATCH):  # a batch at a time: Presidio's many objects never stand for a whole review
                shapes.update(_analysed(self._shapes, batch))
            texts = texts_asked()
            names: dict[str, list[Found]] = {text: [] for text in texts}
            # the slowest alone at last, or the other processor would be done with it before this one is with the rest
            for engine in self._names:
                for batch in batched(texts, BATCH):
                    for text, found in _analysed(engine, batch):
                        names[text] += found
        return shapes, names


type ByText = Mapping[str, Sequence[Found]]


def by_parts(
    texts: Sequence[str],
    doubtful: Callable[[int], Stretches] | None,
    detect: Callable[[Sequence[str], Asked], tuple[ByText, ByText]],
) -> list[list[Found]]:
    """What `detect` finds in each text, asked once about each part: shapes in all pieces, names in those that are asked about.

    Which these are is found out while shapes are looked for already.
    """
    whole = [_Part(i, start, text[start:end]) for i, text in enumerate(texts) for start, end in _pieces(text)]
    if not whole:
        return [[] for _ in texts]
    asked: list[_Part] = []

    def ask() -> list[str]:
        asked[:] = whole if doubtful is None else _asked(texts, doubtful)
        return _distinct(asked)

    shapes, names = detect(_distinct(whole), ask)
    found: list[list[Found]] = [[] for _ in texts]
    for parts, by_text in ((whole, shapes), (asked, names)):
        for part in parts:
            found[part.number].extend(each.after(part.start) for each in by_text[part.text])
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a text: the text's number, the character with which the part begins, and its words."""

    number: int
    start: int
    text: str


def _asked(texts: Sequence[str], doubtful: Callable[[int], Stretches]) -> list[_Part]:
    """The stretches that are asked about, long ones in pieces."""
    stretches = [(i, start, text[start:end]) for i, text in enumerate(texts) for start, end in doubtful(i)]
    return [_Part(i, start + at, stretch[at:end]) for i, start, stretch in stretches for at, end in _pieces(stretch)]


def _distinct(parts: Sequence[_Part]) -> list[str]:
    return list(dict.fromkeys(part.text for part in parts))


def _analysed(engine: "BatchAnalyzerEngine", batch: Sequence[str]) -> Iterator[tuple[str, list[Found]]]:
    """Each text of a batch with what an engine finds in it."""
    results = engine.analyze_iterator(batch, language="en", batch_size=BATCH, score_threshold=0)
    for text, each_text in zip(batch, results, strict=True):
        yield text, [_found(each) for each in each_text]


def _found(result: "RecognizerResult") -> Found:
    name = (result.recognition_metadata or {}).get("recognizer_name", "presidio")
    return Found(result.start, result.end, PRESIDIO_KINDS.get(result.entity_type, result.entity_type), float(result.score), name)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of at most LONGEST characters that together are the whole text."""
    start = 0
    while len(text) - start > LONGEST:
        cut = max(text.rfind("\n", start, start + LONGEST), text.rfind(" ", start, start + LONGEST))
        end = cut + 1 if cut > start else start + LONGEST
        yield start, end
        start = end
    if text[start:].strip():
        yield start, len(text)


@cache
def load_models() -> "tuple[Rampart, SpacyNlpEngine]":
    """The two models that find names, loaded once a process."""
    from anonymise.detecting import presidio

    return Rampart(), presidio.slim_spacy()


def load_detectors(patterns: Sequence[Pattern], copy_threads: int = 0) -> Detectors:
    """Load the models (a few seconds) with the patterns of the rules as further recognisers; nothing is fetched from anywhere. With
    `copy_threads` a copy of this process, with so many threads, reads the last texts for the slowest detector.
    """
    from presidio_analyzer import BatchAnalyzerEngine
    from presidio_analyzer.predefined_recognizers import (
        CreditCardRecognizer,
        IbanRecognizer,
        IpRecognizer,
        PhoneRecognizer,
        SpacyRecognizer,
    )
    from presidio_analyzer.predefined_recognizers.country_specific.uk.uk_driving_licence_recognizer import UkDrivingLicenceRecognizer
    from presidio_analyzer.predefined_recognizers.country_specific.uk.uk_nino_recognizer import UkNinoRecognizer

    from anonymise.detecting import presidio

    model, spacy = load_models()
    shapes, rampart = presidio.PatternsRecogniser(patterns), presidio.RampartRecogniser(model, copy_threads)
    by_shape = [
        shapes,
        presidio.OnlyWhere(SIX_DIGITS, PhoneRecognizer(supported_regions=("GB", "JE"), leniency=1, name="phonenumbers")),
        presidio.OnlyWhere(r"\d", IbanRecognizer()),
        presidio.OnlyWhere(SIX_DIGITS, CreditCardRecognizer()),
        presidio.OnlyWhere(r"\d\.\d|:[\da-fA-F]*:", IpRecognizer()),
        presidio.OnlyWhere(r"\d", UkNinoRecognizer()),
        presidio.OnlyWhere(r"\d", UkDrivingLicenceRecognizer()),
    ]
    by_word = SpacyRecognizer(supported_entities=sorted(set(SPACY_KINDS.values())), name="spacy")
    detectors = Detectors(
        BatchAnalyzerEngine(presidio.Engine(by_shape, presidio.no_words())),
        shapes,
        (BatchAnalyzerEngine(presidio.Engine([by_word], spacy)), BatchAnalyzerEngine(presidio.Engine([rampart], presidio.no_words()))),
        rampart,
    )
    gc.freeze()  # the models stay: looking through them for what may go took a fifth of a second each time
    return detectors
