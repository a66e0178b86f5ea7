"""The name detectors: Presidio over a slim spaCy, our own patterns and Rampart, loaded once and run over many texts at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

from anonymise.rampart import Rampart
from anonymise.rules import Pattern

if TYPE_CHECKING:
    from presidio_analyzer import BatchAnalyzerEngine, RecognizerResult

    from anonymise.presidio import RampartRecogniser

# characters start to end (exclusive) of parts of a text, in order
type Stretches = Sequence[tuple[int, int]]
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


class Detectors:
    """The detectors, ready to run. Made by `load_detectors`; anything with the same `find` may stand in for it in tests."""

    def __init__(self, engine: "BatchAnalyzerEngine", rampart: "RampartRecogniser") -> None:
        """Hold the engine, and the one of its recognisers that works ahead of it."""
        self._engine, self._rampart = engine, rampart

    def find(self, texts: Sequence[str], doubtful: Callable[[int], Stretches] | None = None) -> list[list[Found]]:
        """What all detectors found in each clean text; a very long one is seen in pieces, cut between lines or words.

        `doubtful` gives, for the number of a text, the stretches of it that Rampart is asked about, the slowest by far: without it, all.
        """
        pieces = [(i, start, text[start:end]) for i, text in enumerate(texts) for start, end in _pieces(text)]
        asked: dict[str, Stretches] = {}
        for i, start, piece in pieces:
            if piece not in asked:
                asked[piece] = _inside(doubtful(i), start, len(piece)) if doubtful else [(0, len(piece))]
        by_piece = self._in_pieces(asked)
        found: list[list[Found]] = [[] for _ in texts]
        for i, start, piece in pieces:
            found[i].extend(Found(start + f.start, start + f.end, f.kind, f.score, f.found_by) for f in by_piece[piece])
        return found

    def _in_pieces(self, asked: Mapping[str, Stretches]) -> dict[str, list[Found]]:
        """What was found in each of some texts, all of them different."""
        found: dict[str, list[Found]] = {}
        with self._rampart.ahead(asked):
            for some in batched(asked, BATCH):  # a batch at a time, so that Presidio's many objects never stand for a whole review
                results = self._engine.analyze_iterator(some, language="en", batch_size=BATCH, score_threshold=0)
                found.update((text, [_found(each) for each in each_text]) for text, each_text in zip(some, results, strict=True))
        return found


def _inside(stretches: Stretches, start: int, length: int) -> Stretches:
    """What of some stretches lies in the piece of a text that begins at `start`, counted from there."""
    cut = [(max(first - start, 0), min(last - start, length)) for first, last in stretches]
    return [(first, last) for first, last in cut if first < last]


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


def load_detectors(patterns: Sequence[Pattern]) -> Detectors:
    """Load the models (a few seconds) with the patterns of the rules as further recognisers; nothing is fetched from anywhere."""
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

    from anonymise import presidio

    rampart = presidio.RampartRecogniser(Rampart())
    recognisers = [
        SpacyRecognizer(supported_entities=sorted(set(SPACY_KINDS.values())), name="spacy"),
        presidio.OnlyWhere(SIX_DIGITS, PhoneRecognizer(supported_regions=("GB", "JE"), leniency=1, name="phonenumbers")),
        presidio.OnlyWhere(r"\d", IbanRecognizer()),
        presidio.OnlyWhere(SIX_DIGITS, CreditCardRecognizer()),
        presidio.OnlyWhere(r"\d\.\d|:[\da-fA-F]*:", IpRecognizer()),
        presidio.OnlyWhere(r"\d", UkNinoRecognizer()),
        presidio.OnlyWhere(r"\d", UkDrivingLicenceRecognizer()),
        rampart,
        *(presidio.PatternRecogniser(pattern) for pattern in patterns),
    ]
    engine = presidio.Engine(recognisers, presidio.slim_spacy())
    return Detectors(BatchAnalyzerEngine(analyzer_engine=engine), rampart)
