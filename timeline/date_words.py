"""The words of a date cell in one form, before they are read: one kind of dash, English months, no list number before the date."""

import re
import unicodedata

from timeline.date_points import MONTHS

_ONE_KIND = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), "-") | dict.fromkeys((0x2018, 0x2019), "'")
_ORDINAL = re.compile(r"(?<=\d)\s?(?:st|nd|rd|th)(?![a-z])")
# French, as it is still written in the Channel Islands, and Welsh; accents are gone when they are looked up
_ELSEWHERE = (
    ("janvier", "janv", "ionawr"),
    ("fevrier", "fevr", "chwefror"),
    ("mars", "mawrth"),
    ("avril", "avr", "ebrill"),
    ("mai",),
    ("juin", "mehefin"),
    ("juillet", "juil", "gorffennaf"),
    ("aout", "awst"),
    ("septembre", "medi"),
    ("octobre", "hydref"),
    ("novembre", "tachwedd"),
    ("decembre", "rhagfyr"),
)
_ENGLISH = {word: MONTHS[index] for index, words in enumerate(_ELSEWHERE) for word in words}
_FOREIGN_MONTH = re.compile(rf"\b({'|'.join(sorted(_ENGLISH, key=len, reverse=True))})\b\.?")
_FOREIGN_DAYS = (
    (re.compile(r"\b(?:lundi|(?:dydd )?llun)\b"), "mon"),
    (re.compile(r"\b(?:mardi|dydd mawrth)\b"), "tue"),
    (re.compile(r"\b(?:mercredi|(?:dydd )?mercher)\b"), "wed"),
    (re.compile(r"\b(?:jeudi|(?:dydd )?iau)\b"), "thu"),
    (re.compile(r"\b(?:vendredi|(?:dydd )?gwener)\b"), "fri"),
    (re.compile(r"\b(?:samedi|(?:dydd )?sadwrn)\b"), "sat"),
    (re.compile(r"\b(?:dimanche|(?:dydd )?sul)\b"), "sun"),
    (re.compile(r"^(?:le|du)\s+"), ""),
    (re.compile(r"\bau\b"), "to"),
    (re.compile(r"(?<=\d)\s?(?:er|e|af|il|ydd|edd|ed|fed|eg|ain)(?![a-z])"), "#"),
)
_WHOLE_DATE = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+)?(?:\d{1,2}\s?[./\-]\s?\d{1,2}\s?[./\-]\s?(?:\d{4}|\d\d)(?!\d)|"
    r"\d{1,2}\s?(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
_LISTED = re.compile(rf"(?:\(?\d{{1,3}}\s?[.)]|\(?(?:[ivx]{{1,4}}|[a-z])\)|[•*·▪◦]+)\s+(?={_WHOLE_DATE})")
_OPEN = r"(?:\?{1,2}|x{1,2}|_{1,2}|-{1,2})"  # how a form's empty place, or a day that nobody knows, is written
_NO_DAY = re.compile(rf"{_OPEN}\s?[./\-]\s?(\d{{1,2}})\s?[./\-]\s?(\d{{4}}|\d\d)(?!\d)")
_NO_MONTH = re.compile(rf"{_OPEN}\s?[./\-]\s?{_OPEN}\s?[./\-]\s?(\d{{4}})(?!\d)")
_OFFSET = re.compile(r"(?<=\d)(t\d\d:\d\d(?::\d\d(?:\.\d+)?)?)[+-]\d\d:?\d\d$")


def in_one_form(written: str) -> str:
    """Lower case, one kind of dash and space, no number or bullet of a list before the date; `4th` becomes `4#`, so that an ordinal stays
    known after its letters are gone. A day that is left open (`??/03/2019`) leaves the month.
    """
    text = written
    if not text.isascii():
        text = unicodedata.normalize("NFKC", written).translate(_ONE_KIND)
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = _in_english(" ".join(text.casefold().split()))
    if listed := _LISTED.match(text):
        text = text[listed.end() :]
    if (open_day := _NO_DAY.match(text)) and 1 <= int(open_day[1]) <= len(MONTHS):
        text = f"{MONTHS[int(open_day[1]) - 1]} {open_day[2]}{text[open_day.end() :]}"
    elif open_month := _NO_MONTH.match(text):
        text = open_month[1] + text[open_month.end() :]
    return _ORDINAL.sub("#", _OFFSET.sub(r"\1", text))


def _in_english(text: str) -> str:
    """The text with French and Welsh months and what stands round them in English; as it was where it has none of them."""
    bare = text if text.isascii() else "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    if not _FOREIGN_MONTH.search(bare):
        return text
    for pattern, english in _FOREIGN_DAYS:
        bare = pattern.sub(english, bare)
    return _FOREIGN_MONTH.sub(lambda month: _ENGLISH[month[1]], bare)
