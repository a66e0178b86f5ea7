"""Words that documents share."""

import pytest

from reports.printable import pieces, printable
from reports.wording import counted, date_in_words, kind_in_words, kind_order, listed, period_in_words
from tests.reports.reviews import SILENCE
from timeline.dates import FuzzyDate


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2019-03-04", "Mon 4 Mar 2019"),
        ("2019-03", "Mar 2019"),
        ("2019", "2019"),
        ("XXXX", "Undated"),
        ("2019-03-04~", "about 4 Mar 2019"),
        ("2019-03?", "possibly Mar 2019"),
        ("2019%", "possibly about 2019"),
        ("2019-03-04/2019-03-10", "4–10 Mar 2019"),
        ("2018-12-28/2019-01-03", "28 Dec 2018 – 3 Jan 2019"),
        ("2019-03/2019-05~", "Mar 2019 – about May 2019"),
        ("2019-21", "Spring 2019"),
        ("2018-24~", "about winter 2018"),
        ("1066-10-14", "Sun 14 Oct 1066"),
    ],
)
def test_a_date_is_said_as_uncertain_as_it_is(edtf, words):
    assert date_in_words(FuzzyDate(edtf)) == words


def test_a_kind_that_nobody_named_is_still_shown_and_stands_last():
    assert kind_in_words("new-kind") == "New kind"
    assert kind_order("pattern") < kind_order("new-kind")


def test_a_period_is_said_with_its_days():
    assert period_in_words(SILENCE) == "5 January 2019 to 1 April 2019 (86 days)"


def test_numbers_and_lists_are_said_as_in_a_sentence():
    assert [counted(1, "row"), counted(10_000, "row"), counted(2, "agency", "agencies")] == ["1 row", "10,000 rows", "2 agencies"]
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_pieces_joined_are_the_text_and_break_at_words():
    assert pieces("one two three four", 9) == ["one two ", "three ", "four"]
    assert "".join(pieces("x" * 25, 10)) == "x" * 25
    assert all(len(piece) <= 10 for piece in pieces("x" * 25, 10))
    assert pieces("", 10) == [""]


def test_every_control_character_has_a_sign_and_line_ends_are_newlines():
    shown = printable("".join(map(chr, range(0x20))))
    assert shown == "".join("\n" if n in (0x0A, 0x0D) else "\t" if n == 9 else chr(0x2400 + n) for n in range(0x20))
    assert printable("a\r\nb\rc") == "a\nb\nc"
