"""The detectors by themselves: what they find of a text, whatever stands beside it and however it is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymise.detecting import presidio
from anonymise.detecting.detectors import LONGEST, SIX_DIGITS
from anonymise.detecting.presidio import OnlyWhere, PatternsRecogniser
from anonymise.rules import Pattern
from timeline.errors import OutputError

NAMES = {"PERSON", "GIVEN_NAME", "SURNAME"}
TEXTS = (
    "Telephone call from Mrs Amara Okonjo of 14 Rue des Sablons, she will ring Tariq on 07700 900123.",
    "spoke to shannon le brocq, she has moved to st helier",
    "Home visit. Nobody in. Card left.",
    "DC Pell attended with PC 214 and Dr Ifeoma Nwosu.",
)


def found_in(text, detectors, **asked):
    return {(f.start, f.end, f.kind, f.found_by) for f in detectors.find([text], **asked)[0]}


def test_what_is_found_in_a_text_does_not_hang_on_the_texts_beside_it(detectors):
    together = detectors.find(TEXTS * 2)
    for number, text in enumerate(TEXTS * 2):
        assert {(f.start, f.end, f.kind, f.found_by) for f in together[number]} == found_in(text, detectors)


def test_names_are_looked_for_in_the_doubtful_stretches_and_shapes_everywhere(detectors):
    text = "Amara Okonjo rang 07700 900123. Tariq Haddad rang 07700 900456."
    half = text.index(" Tariq")
    kinds = {kind for start, _, kind, _ in found_in(text, detectors, doubtful=lambda _: [(0, half)]) if start >= half}
    assert "PHONE" in kinds
    assert kinds.isdisjoint(NAMES)
    assert any(start < half and kind in NAMES for start, _, kind, _ in found_in(text, detectors, doubtful=lambda _: [(0, half)]))


def test_a_name_at_the_end_of_a_very_long_text_is_found_in_its_place(detectors):
    text = "walked home again " * (LONGEST * 2 // 18) + "and met Amara Okonjo."
    start = text.index("Amara")
    assert any(f[0] == start and f[3] == "spacy" for f in found_in(text, detectors))
    assert any(f[0] == start and f[3] == "spacy" for f in found_in(text, detectors, doubtful=lambda _: [(start - 50, len(text))]))


def test_a_pattern_that_takes_too_long_stops_the_run_instead_of_passing_the_text(monkeypatch):
    monkeypatch.setattr(presidio, "LONGEST_SEARCH_SECONDS", 0.05)
    slow = PatternsRecogniser([Pattern(kind="IDENTIFIER", name="slow", regex=r"(?:a|aa)+$", score=0.5)])
    with pytest.raises(OutputError, match="the pattern slow took more than"):
        slow.read(["a" * 60 + "b"])


@given(st.text(alphabet="0123456789 +-().x/\u00a0ab", max_size=40))
def test_no_telephone_is_passed_by_for_want_of_digits(written):
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    recogniser = PhoneRecognizer(supported_regions=("GB", "JE"), leniency=1, name="phonenumbers")
    gated = OnlyWhere(SIX_DIGITS, recogniser).analyze(written, ["PHONE_NUMBER"], None)
    assert [(r.start, r.end) for r in gated] == [(r.start, r.end) for r in recogniser.analyze(written, ["PHONE_NUMBER"], None)]


@pytest.mark.parametrize(
    "written", ["01534 758000", "758000", "+44 (0)1534 758-000", "(01534) 758 000", "07700 900 123", "0 7 7 0 0 9 0 0 1 2 3"]
)
def test_telephones_pass_the_look_for_digits(written):
    import re

    assert re.search(SIX_DIGITS, written)
