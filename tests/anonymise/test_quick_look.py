"""The quick look of the gate lets nothing go that the search would find, but a word in small letters that is a name too."""

import base64
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from anonymise.gate.leaks import Search
from anonymise.gate.quick_look import QuickLook
from anonymise.gate.readings import from_base64, readings, runs_of_base64
from anonymise.words.plain_words import plain_words
from anonymise.words.texts import clean, words_of

PIECES = (
    *("Marisol", "marisol", "MARISOL", "Will", "will", "WILL", "to Will yesterday", "Mr will", "Arden", "Deborah", "Debborah", "O'Dowd"),
    *("O\u2019DOWD", "Tamsin", "de la Cour", "07700", "900", "123", "900123", "4 Elm", "Elm Road", "Mari", "sol", "Tam", "sin", "M", "D"),
    *("Child Z", "Mother", "May 2019", "9/5/2016", "09", "05", "2016", "M\u0430ris\u200bol", "M\u0336a\u0336risol", "ᴍᴀʀɪꜱᴏʟ", "٠٧٧٠٠"),
    *("see M%61risol", "Mari&#115;ol", "M\\x61risol", "Mari=73ol", "\u202elosiraM\u202c", base64.b64encode(b"Marisol seen").decode()),
    *("WiLl", "SeenWill", "\u00e9", "\u00e0 Will", "\u00bd", "\u2122", "\u0130", "\u00df", "\ufb01", "\u0301", "\u200d", "\x00"),
    *("\x0b", "\x85", "\u2028", "\r", "\U0001f469", "\ud800"),
)  # fmt: skip
GAPS = (
    "",
    " ",
    "  ",
    ", ",
    "-",
    "\n",
    "-\n",
    "\u00ad\n",
    "\u2011",
    "\u00a0",
    "\t",
    ". ",
    "_",
    "\u00b7",
    "\u2026",
    "\u2019s ",
    " (",
    "/",
    "    ",
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(GAPS), st.text(max_size=4)), max_size=14).map("".join)


class EveryLine(QuickLook):
    """Lets no line go: the search looks at each, and at each two that may go on."""

    def telling_readings(self, line: str) -> tuple[str, ...]:
        return (*readings(line), *(said for run in runs_of_base64(line) for said in from_base64(run)))

    def open_ends(self, line: str) -> tuple[str, ...]:
        return (line,) if self.may_go_on(line) else ()

    def goes_on(self, ends, following) -> bool:
        return True


def found(search: Search, text: str, *, shown: bool) -> Iterator[tuple[str, str | None, str]]:
    """What is found, but for a word in small letters that is a name too: that is looked at only where the line has it with a capital as well."""
    for form, written in search.in_text(text, shown=shown):
        if form.case != "word" or not written.islower():
            yield form.kind, form.person, written


@pytest.fixture(scope="module")
def searches(forms):
    def made():
        slow = Search(forms)
        slow._quick = EveryLine(forms)
        return Search(forms), slow

    return made


@example(text="met WiLl there", shown=True)
@example(text="seen by WilL", shown=True)
@given(text=TEXTS, shown=st.booleans())
def test_what_the_search_finds_in_every_line_it_finds_in_those_that_the_quick_look_leaves(searches, text, shown):
    quick, slow = searches()
    assert set(found(quick, text, shown=shown)) >= set(found(slow, text, shown=shown))


@given(text=TEXTS)
def test_the_quick_look_adds_nothing(searches, text):
    quick, slow = searches()
    assert set(found(quick, text, shown=True)) <= set(found(slow, text, shown=True))


@pytest.mark.parametrize("text", ["seen by Debborah", "rang 07700\n900123", "He spoke to Will yesterday", "Wi\x00ll and \x00Marisol"])
def test_the_search_finds_something_in_texts_like_those_of_the_law(searches, text):
    quick, slow = searches()
    assert set(found(quick, text, shown=True)) == set(found(slow, text, shown=True)) != set()


@given(text=TEXTS)
def test_the_words_without_places_are_those_with_places(text):
    for form in (text, unicodedata.normalize("NFC", text)):
        assert plain_words(form) == [word.plain for word in words_of(clean(form))]
