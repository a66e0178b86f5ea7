"""The name detectors: Presidio over a slim spaCy, our own patterns and Rampart, loaded once and run over many texts at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anonymise.rampart import Rampart
from anonymise.rules import Pattern

if TYPE_CHECKING:
    from presidio_analyzer import BatchAnalyzerEngine

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

    def __init__(self, engine: "BatchAnalyzerEngine", rampart: Rampart, seen: dict[str, list[Any]]) -> None:
        """Hold the engine, and the guesses that its Rampart recogniser takes for each text."""
        self._engine, self._rampart, self._guesses = engine, rampart, seen

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        """What all detectors found in each clean text. A very long text is seen in pieces, cut between lines or words."""
        pieces = [(i, start, text[start:end]) for i, text in enumerate(texts) for start, end in _pieces(text)]
        found: list[list[Found]] = [[] for _ in texts]
        distinct = list(dict.fromkeys(piece for _, _, piece in pieces))
        self._guesses.update(zip(distinct, self._rampart.find(distinct), strict=True))
        try:
            results = self._engine.analyze_iterator(distinct, language="en", batch_size=BATCH)
        finally:
            self._guesses.clear()
        by_piece = dict(zip(distinct, results, strict=True))
        for i, start, piece in pieces:
            for each in by_piece[piece]:
                name = (each.recognition_metadata or {}).get("recognizer_name", "presidio")
                kind = PRESIDIO_KINDS.get(each.entity_type, each.entity_type)
                found[i].append(Found(start + each.start, start + each.end, kind, float(each.score), name))
        return found


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
    from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, RecognizerRegistry
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

    guesses: dict[str, list[Any]] = {}
    recognisers = [
        SpacyRecognizer(supported_entities=sorted(set(SPACY_KINDS.values())), name="spacy"),
        PhoneRecognizer(supported_regions=("GB", "JE"), leniency=1, name="phonenumbers"),
        IbanRecognizer(),
        CreditCardRecognizer(),
        IpRecognizer(),
        UkNinoRecognizer(),
        UkDrivingLicenceRecognizer(),
        presidio.rampart_recogniser(guesses),
        *(presidio.pattern_recogniser(pattern) for pattern in patterns),
    ]
    engine = AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=recognisers, supported_languages=["en"]),
        nlp_engine=presidio.slim_spacy(),
        context_aware_enhancer=presidio.no_context(),
        supported_languages=["en"],
    )
    return Detectors(BatchAnalyzerEngine(analyzer_engine=engine), Rampart(), guesses)
