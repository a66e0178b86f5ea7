"""The words of a text in plain form without their places: what a quick look at very many lines needs."""

import re

from anonymise.words.texts import PUNCTUATION, clean, plain
from timeline.exchange import Exchange

_LETTERS = re.compile(r"[^\W_]+")
# our punctuation, and signs that stand between words whatever is beside them
_BETWEEN_WORDS = PUNCTUATION | dict.fromkeys(map(ord, "·•…£€§©®°±×÷←→✓✗▲▼■□"), " ")
_EXCHANGE = Exchange(_BETWEEN_WORDS)
# what `clean` takes out of a text of plain characters: controls, and a word's end that goes on in the next line
_TAKEN_OUT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|-[ \t]?\n")


def plain_words(text: str) -> list[str]:
    """The words that `words_of` gives of the clean text, in order; most texts are of plain letters and usual signs, which is quick."""
    simple = text if text.isascii() else _EXCHANGE.in_text(text)
    if simple.isascii() and not _TAKEN_OUT.search(simple):
        return _LETTERS.findall(simple.lower())
    cleaned = clean(text).text
    return _LETTERS.findall(cleaned.lower() if cleaned.isascii() else "".join(map(plain, cleaned)))
