"""What else can identify: numbers, addresses, places, organisations, dates of birth and the agencies' own names."""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from anonymise.detecting.detectors import Found
from anonymise.recognising.columns import reference_numbers
from anonymise.recognising.names import Tokens, tokens
from anonymise.recognising.spans import GUESSES, Span, settled
from anonymise.rules import RecognitionRules
from anonymise.words.habits import Habits
from anonymise.words.texts import Clean, NamedText, Word, words_of
from anonymise.words.word_names import at_sentence_start, is_eponym
from timeline.case import Agency
from timeline.dates_in_text import dates_within
from timeline.people import Person

NUMBERS = frozenset(["EMAIL", "URL", "HANDLE", "PHONE", "IDENTIFIER", "VEHICLE", "DATE_OF_BIRTH"])
WHERE = frozenset(["ADDRESS", "PLACE", "ORGANISATION", *GUESSES])
PARTS_OF_AN_ADDRESS = WHERE - {"ORGANISATION", "ORG_GUESS"}
_LOOKED_FOR_OTHERWISE = frozenset(["PERSON", "AGENCY", "DATE_OF_BIRTH"])
_TOWNS = frozenset(["TOWN", "RAMPART_TOWN"])
_CHAIN = re.compile(r",? |, ?\n?")
_BIRTH_AFTER_NAME = re.compile(r"\s{0,2}\(\s*(?:(?i:d\.?o\.?b\.?|born|b\.?)[: ]*)?")
MONTHS = frozenset(name.lower() for name in (*calendar.month_name, *calendar.month_abbr) if name)
# a number found once is looked for everywhere where it has at least this many letters and digits
SHORTEST_NUMBER = 5
# a number's groups that stand apart
LONGEST_NUMBER_WORDS = 12


def known_things(agencies: Sequence[Agency], seen: Sequence[tuple[str, str]], rules: RecognitionRules) -> dict[Tokens, str]:
    """What is known by name beforehand: the places of the rules, the agencies' names, and forms seen earlier in this review."""
    agency_names = {tokens(name): "AGENCY" for agency in agencies for name in (agency.name, *agency.aliases)}
    return (
        {tokens(place): "PLACE" for place in rules.places}
        | {tokens(form): kind for form, kind in seen if kind not in {"DATE_OF_BIRTH", "PERSON"}}
        | agency_names
    )


class Listed:
    """Forms that are looked for in every text, by their first two words; made once for all texts."""

    def __init__(self, forms: Mapping[Tokens, str], rules: RecognitionRules) -> None:
        """Hold the forms with their kinds; those that are no ordinary words count in small letters too."""
        self.kinds, self._rules = dict(forms), rules
        self._by_first: dict[str, dict[str, list[Tokens]]] = defaultdict(lambda: defaultdict(list))
        for known in sorted(forms, key=lambda known: -len(known)):
            if known:
                self._by_first[known[0]]["".join(known[1:2])].append(known)
        self._any_case = {form for form, kind in forms.items() if _counts_in_small_letters(form, kind, rules)}
        self._numbers = {"".join(form): kind for form, kind in forms.items() if kind in NUMBERS and any(c.isdigit() for c in "".join(form))}
        self._beginnings = {number[:length] for number in self._numbers for length in range(1, len(number) + 1)}

    def spans(self, text: Clean, found_by: str = "") -> Iterator[Span]:
        """Where the forms stand, and the numbers among them with other spaces or hyphens too."""
        words = words_of(text)
        yield from self._as_listed(text, words, found_by)
        yield from self._numbers_again(words if self._numbers else ())

    def _as_listed(self, text: Clean, words: Sequence[Word], found_by: str) -> Iterator[Span]:
        by_first, after = self._by_first, 0
        for at in [at for at, word in enumerate(words) if word.plain in by_first]:
            form = self._longest(words, at) if at >= after else ()
            if form:
                start, end = words[at].start, words[at + len(form) - 1].end
                written = text.text[start:end]
                close = "\n" not in written and len(written) <= sum(map(len, form)) + 3 * len(form)
                if (form in self._any_case or (written[0].isupper() and close)) and not is_eponym(text.text, start, end, self._rules):
                    yield Span(start, end, self.kinds[form], 0.9, found_by or self.kinds[form].lower())
                after = at + len(form)

    def _longest(self, words: Sequence[Word], at: int) -> Tokens:
        """The longest of the forms with one first word that stands here; they are kept by their second one ("" where there is none)."""
        begun = self._by_first[words[at].plain]
        for form in begun.get(words[at + 1].plain, ()) if at + 1 < len(words) else ():
            if len(form) == 2 or tuple(word.plain for word in words[at : at + len(form)]) == form:
                return form
        return next(iter(begun.get("", ())), ())

    def _numbers_again(self, words: Sequence[Word]) -> Iterator[Span]:
        for at, first in enumerate(words):
            if first.plain not in self._beginnings:
                continue
            together = ""
            for last in words[at : at + LONGEST_NUMBER_WORDS]:
                together += last.plain
                if together not in self._beginnings:
                    break
                if together in self._numbers and last.end - first.start <= 2 * len(together):
                    yield Span(first.start, last.end, self._numbers[together], 0.9, "propagation")


def _counts_in_small_letters(form: Tokens, kind: str, rules: RecognitionRules) -> bool:
    """Numbers, whole addresses, and names of several words of which one at least is no word of the field."""
    several = len(form) > 1 and not all(rules.is_harmless([word]) for word in form)
    return kind in NUMBERS or (len(form) > 1 and kind == "ADDRESS") or (several and kind in {"PLACE", "ORGANISATION", "PERSON"})


def things_in(
    texts: Sequence[NamedText],
    cleaned: Sequence[Clean],
    found: Sequence[Sequence[Found]],
    people: Sequence[Person],
    listed: dict[Tokens, str],
    rules: RecognitionRules,
    habits: Habits,
) -> list[list[Span]]:
    """The spans of each text that are no person's name; what is found once is looked for in every text."""
    names = frozenset(word for person in people for form in (person.name, *person.also_known_as) for word in tokens(form))
    known = Listed(listed, rules)
    births = {person.date_of_birth: person.id for person in people if person.date_of_birth}
    spans = [
        [*_of_detectors(text, each, rules, habits, names), *_born(text, births), *_references(given, text), *known.spans(text)]
        for given, text, each in zip(texts, cleaned, found, strict=True)
    ]
    again = Listed(_worth_looking_for(cleaned, spans, rules, habits), rules)
    return [_chained(text, [*each, *again.spans(text, "propagation")]) for text, each in zip(cleaned, spans, strict=True)]


def _of_detectors(text: Clean, found: Sequence[Found], rules: RecognitionRules, habits: Habits, names: frozenset[str]) -> Iterator[Span]:
    people = [(each.start, each.end) for each in found if each.kind == "PERSON" and each.found_by == "spacy"]
    for each in found:
        written = text.text[each.start : each.end]
        words = tokens(written)
        if each.kind in GUESSES and (all(word in names or word in rules.titles for word in words) or _names_someone(text, each, people)):
            continue  # whatever a detector takes the name for
        if each.kind in _TOWNS and len(words) == 1 and words[0] in rules.names_that_are_words:
            continue
        if each.kind in NUMBERS:
            yield Span(each.start, each.end, each.kind, each.score, each.found_by)
        elif each.kind in WHERE and (each.kind != "ORG_GUESS" or len(written.split()) > 3):
            yield from _somewhere(text.text, each, rules, habits)


def _names_someone(text: Clean, guess: Found, people: Sequence[tuple[int, int]]) -> bool:
    """Whether what one detector takes for a part of an address is a person to another: no number in it or before it, and it ends as the name does."""
    numbered = re.search(r"\d", text.text[max(0, guess.start - 3) : guess.end])
    return guess.kind == "ADDRESS_PART" and not numbered and any(start < guess.end == end for start, end in people)


def _somewhere(text: str, each: Found, rules: RecognitionRules, habits: Habits) -> Iterator[Span]:
    """A place or organisation without the words of the field at its ends; nothing where only such words are left."""
    start, end = each.start, each.end
    if is_eponym(text, start, end, rules):
        return
    if each.kind == "ADDRESS":
        yield Span(start, end, each.kind, each.score, each.found_by)
        return
    if each.kind in GUESSES and each.kind != "HOUSE":
        line = re.match(r"[^\n\t]*", text[start:end])
        end = start + (line.end() if line else 0)
        while (word := re.match(r"([\w'&-]+)[^\w]*", text[start:end])) and _says_nothing(word[1], rules):
            start += word.end()
        while (word := re.search(r"[^\w]*\b([\w'&-]+)\W*$", text[start:end])) and _says_nothing(word[1], rules):
            end = start + word.start()
    written = text[start:end].strip(" ,")
    words = tokens(written)
    numbered = each.kind not in GUESSES and any(word.isdigit() for word in words)  # "Ward 12": its number tells which one
    if not words or (rules.is_harmless(words) and not numbered) or not (numbered or any(word[:1].isupper() for word in written.split())):
        return
    alone = sum(len(word) > 1 for word in words) == 1
    if each.kind in GUESSES and alone and (habits.small[words[0]] or (each.found_by == "spacy" and at_sentence_start(text, start))):
        return
    if each.kind == "ADDRESS_PART" and (written.isdigit() or len(written) < 4):
        return
    yield Span(start, start + len(text[start:end].rstrip(" ,")), each.kind, each.score, each.found_by)


def _says_nothing(word: str, rules: RecognitionRules) -> bool:
    return not word[:1].isupper() or any(each.isdigit() for each in word) or rules.is_harmless(tokens(word))


def _references(given: NamedText, text: Clean) -> Iterator[Span]:
    """The numbers in columns of references: an entry's id, a hospital number, a crime number."""
    for start, end in reference_numbers(given, text):
        yield Span(start, end, "IDENTIFIER", 0.9, "reference-column")


def _born(text: Clean, births: Mapping[date, str]) -> Iterator[Span]:
    """Dates of birth of people who are listed, however they are written: every way of it has the last two figures of the year."""
    if not any(f"{born.year % 100:02}" in text.text for born in births):
        return
    for start, end, when in dates_within(text.text):
        if when.width_days == 0 and when.earliest and when.earliest in births and re.search(r"\d{4}|[/.-]\s?\d{2}$", text.text[start:end]):
            yield Span(start, end, "DATE_OF_BIRTH", 0.95, "cast", births[when.earliest])


def born_after_names(text: Clean, named: Sequence[Span]) -> Iterator[Span]:
    """A whole date in brackets after a name is a date of birth: "Jane Smith (02.09.2014)"."""
    bracketed = [(span, opened.end()) for span in named if (opened := _BIRTH_AFTER_NAME.match(text.text, span.end))]
    dates = {start: (end, when) for start, end, when in dates_within(text.text)} if bracketed else {}
    for span, at in bracketed:
        if at in dates:
            end, when = dates[at]
            if when.width_days == 0 and text.text[end : end + 1] in {")", ",", ";"}:
                yield Span(at, end, "DATE_OF_BIRTH", 0.9, "date-after-name", span.person)


def _worth_looking_for(
    cleaned: Sequence[Clean], spans: Sequence[Sequence[Span]], rules: RecognitionRules, habits: Habits
) -> dict[Tokens, str]:
    """Numbers, streets and names of organisations that are telling enough to be looked for in the whole review."""
    wanted: dict[Tokens, str] = {}
    type_words = {word for kinds, _ in rules.kinds_of_place for kind in kinds for word in tokens(kind)}
    for text, each in zip(cleaned, spans, strict=True):
        for span in each:
            form = tokens(text.text[span.start : span.end])
            if span.kind in NUMBERS and span.kind != "DATE_OF_BIRTH" and len("".join(form)) >= SHORTEST_NUMBER:
                wanted[form] = span.kind
            elif span.kind in {"ADDRESS", "ORGANISATION", "PLACE"}:
                own = tuple(word for word in form if not word.isdigit())
                if span.kind == "ORGANISATION":
                    own = tuple(w for i, w in enumerate(form) if w not in type_words and all(v not in type_words for v in form[:i]))
                alone = own == form or (span.kind == "ORGANISATION" and not any(habits.small[word] for word in own))
                telling = len(own) > 1 or (span.kind != "ADDRESS" and alone and len("".join(own)) >= SHORTEST_NUMBER)
                if telling and not rules.is_harmless(own) and not _is_a_month(text.text[span.start : span.end], rules):
                    wanted.setdefault(own, span.kind)
    return wanted


def telling_words(written: str, kind: str, rules: RecognitionRules) -> Tokens:
    """The words of a number or place, where they are telling enough to be looked for everywhere; none of people, agencies and days of birth."""
    form = tokens(written)
    if kind in {"PLACE", "ORGANISATION"}:
        # words of the field and of our own documents tell nothing, however many
        ours = rules.is_harmless(form) or all(word in rules.fonts or rules.is_harmless([word]) for word in form)
        return () if ours or _is_a_month(written, rules) or (len(form) == 1 and len(written) < SHORTEST_NUMBER) else form
    long = len("".join(form)) >= SHORTEST_NUMBER
    return form if kind not in _LOOKED_FOR_OTHERWISE and (long or (kind == "ADDRESS" and len(form) > 1)) else ()


def _is_a_month(written: str, rules: RecognitionRules) -> bool:
    """Whether words are a month after a small word ("the May"): drafts say it instead of a day, so that the last gate would find it in every one."""
    form = tokens(written)
    return (
        len(form) > 1 and written[0].islower() and form[-1] in MONTHS and all(word in rules.word_names["determiners"] for word in form[:-1])
    )


def everywhere(cleaned: Sequence[Clean], spans: Sequence[Sequence[Span]], rules: RecognitionRules) -> list[list[Span]]:
    """The settled spans of each text, those with them that are like one of them elsewhere: the last gate would find what is left in."""
    here = [settled(text.text, each) for text, each in zip(cleaned, spans, strict=True)]
    forms = {
        telling_words(text.text[span.start : span.end], span.kind, rules): span.kind
        for text, each in zip(cleaned, here, strict=True)
        for span in each
        if span.kind not in _LOOKED_FOR_OTHERWISE
    }
    forms.pop((), None)
    again = Listed(forms, rules)
    more = (list(again.spans(text, "propagation")) for text in cleaned)
    return [settled(text.text, [*each, *those]) if those else each for text, each, those in zip(cleaned, here, more, strict=True)]


def _chained(text: Clean, spans: Sequence[Span]) -> list[Span]:
    """Parts of one address beside one another, as one: house, street, parish, postcode."""
    joined = [span for span in spans if span.kind not in PARTS_OF_AN_ADDRESS]
    chain: list[Span] = []
    for span in sorted((span for span in spans if span.kind in PARTS_OF_AN_ADDRESS), key=lambda s: (s.start, -s.end)):
        last = chain[-1] if chain else None
        near = last is not None and (span.start <= last.end or _CHAIN.fullmatch(text.text, last.end, span.start) is not None)
        if last and near and _makes_address(last, span):
            chain[-1] = Span(last.start, max(last.end, span.end), "ADDRESS", max(last.score, span.score), last.found_by)
        elif last and span.end <= last.end:
            joined.append(span)
        else:
            chain.append(span)
    return joined + chain


def _makes_address(last: Span, span: Span) -> bool:
    strong = {"ADDRESS", "HOUSE"}
    weak = {"PLACE", "TOWN", "RAMPART_TOWN", "ADDRESS_PART"}
    kinds = {last.kind, span.kind}
    return bool(kinds & strong) and kinds <= strong | weak
