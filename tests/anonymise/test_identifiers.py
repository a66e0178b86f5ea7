"""Numbers, addresses, places and organisations in everyday lines: what is hidden, and that nothing else is."""

import re
from pathlib import Path

import pytest
import regex

from anonymise.recognising.recognise import recognise
from anonymise.words.texts import NamedText

pytestmark = pytest.mark.models

TABLE = Path(__file__).parent / "identifiers.tsv"
ROWS = [line.rsplit("\t", 1) for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def parted(marked):
    """A text without its braces, and the places that they held."""
    held, plain = set(), ""
    for part in re.split(r"(\{[^}]*\})", marked):
        if part.startswith("{"):
            held |= set(range(len(plain), len(plain) + len(part) - 2))
        plain += part.strip("{}") if part.startswith("{") else part
    return plain, held


def wrong_in(marked, detectors, rules):
    """The letters and digits that are hidden and should stay, or stay and should be hidden."""
    text, wanted = parted(marked)
    seen = recognise([NamedText(id="t", text=text)], (), (), detectors, rules)
    found = {place for mention in seen.mentions for place in range(mention.start, mention.end)}
    return "".join(text[place] for place in sorted(wanted ^ found) if text[place].isalnum())


@pytest.mark.parametrize(("text", "about"), ROWS)
def test_a_line_hides_what_stands_in_braces_and_nothing_else(text, about, detectors, rules):
    assert wrong_in(text, detectors, rules) == ""


def test_the_table_is_long_and_holds_harmless_lines_too():
    assert len(ROWS) >= 300
    assert sum(about == "harmless" for _, about in ROWS) >= 40


@pytest.mark.parametrize(
    "disguised",
    [
        "Rang 0\u200b7700 900\u00ad123.", "Rang 07700\u00a0900123.", "Rang ０７７００ ９００１２３.", "Rang ٠٧٧٠٠ ٩٠٠١٢٣.",
        "Rang 07700\u2011900\u2011123.",
        "Rang \u202a07700 900123\u202c.", "Rang 0\x007700 900123.", "Lives at 14 H\u0430wthorn Cl\u043ese.", "Lives at 14 Haw\u00ad\nthorn Close.",
        "Postcode J\u0415\u0032\u200b 6QX.", "NHS 943\u2009476\u20095919.", "a.person\uff20gov.example", "Ref J\u0301S/0012/19.",
    ],
)  # fmt: skip
def test_disguised_numbers_and_addresses_are_found_whole(disguised, detectors, rules):
    seen = recognise([NamedText(id="t", text=disguised)], (), (), detectors, rules)
    left = "".join(c for i, c in enumerate(disguised) if not any(m.start <= i < m.end for m in seen.mentions))
    assert not re.search(r"\d|thorn|person|QX", left)


def test_a_number_found_once_is_found_in_every_spelling(detectors, rules):
    texts = ["Crime ref PR/19/02641.", "see PR 19 02641", "PR1902641 again", "pr/19/02641"]
    seen = recognise([NamedText(id=str(i), text=each) for i, each in enumerate(texts)], (), (), detectors, rules)
    assert {mention.text_id for mention in seen.mentions} == {"0", "1", "2", "3"}


def test_a_place_found_once_is_found_in_small_letters(detectors, rules):
    texts = ["Attends Petit Phare Nursery.", "dropped at petit phare by mum", "PETIT PHARE rang"]
    seen = recognise([NamedText(id=str(i), text=each) for i, each in enumerate(texts)], (), (), detectors, rules)
    assert {mention.text_id for mention in seen.mentions} == {"0", "1", "2"}


STRANGE = [
    "", "\n\t ", "\u200b\u200d\ufeff", "\ud800", "🙂" * 400, "1" * 3_000, "A" * 3_000, "07700 900123 " * 200, "a@b." * 500, "/" * 3_000,
    "Mae'r plentyn yn byw gyda'i nain.", "子供は学校にいます。", "الطفل في المدرسة", "word " * 6_600 + "07700 900123",
]  # fmt: skip


@pytest.mark.parametrize("text", STRANGE)
def test_no_text_is_too_long_or_too_strange(text, detectors, rules):
    seen = recognise([NamedText(id="t", text=text)], (), (), detectors, rules)
    assert all(0 <= m.start < m.end <= len(text) for m in seen.mentions)
    assert "07700" not in text or any(m.kind == "PHONE" for m in seen.mentions)


REPEATED = [
    "1", "A", "A-", "/", "12/3", "No. 1 ", "Rue de la ", "C:\\a\\", "(0", "a@b.", "a at b dot ", "Word ", "the Old ", "Ab, ", "1.", "School of ",
    "Rose ",
    "no ref id ", "flat 1, ", "DOB 1/1/11 ", "Ref: ", "car ", "14 ", "07700 900123 ", "\\", "///a.", "[2019] ",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_no_pattern_takes_long_over_a_full_cell(piece, rules):
    """Each pattern sees what a cell can hold; one that grows with the square of it would run into the limit."""
    text = (piece * 33_000)[:33_000]
    for pattern in rules.patterns:
        for match in regex.finditer(pattern.regex, text, timeout=10):
            assert match.end() <= len(text)
