"""What columns tell by their headings: names and initials of who wrote or saw, and numbers of reference."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from anonymise.recognising.candidates import Candidate
from anonymise.recognising.names import is_initials, parse_name
from anonymise.rules import RecognitionRules
from anonymise.words.doubtful import dictionary
from anonymise.words.texts import Clean, NamedText, plain
from timeline.people import Person

_APART = re.compile(r"[^/,;&\n\t]+")
_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w'.-]*|(?:de|la|le|du|van|von|da|dos)\b)(?: (?:[A-ZÀ-Þ][\w'.-]*|(?:de|la|le|du|van|von|da|dos)\b)){0,3}")
_REFERENCE = re.compile(r"(?<![\w/])(?:[A-Za-z]{1,6}[ /.-]?)?\d(?:\w|[ /.-](?=\w))*")
_SMALL = re.compile(r"[a-zà-ÿ]{4,}(?: [a-zà-ÿ]{4,})?")
FEWEST_DIGITS = 4
LONGEST_CELL = 60


def staff_cells(given: NamedText, rules: RecognitionRules) -> Iterator[tuple[str, int, int]]:
    """(heading, start, end) of the short cells under a heading that names staff, in the text as read."""
    for cell in given.cells:
        headed = re.findall(r"[^\W_]+", plain(f"{cell.heading} {cell.meaning}"))
        if cell.end - cell.start <= LONGEST_CELL and any(word in rules.staff_columns for word in headed):
            yield cell.heading, cell.start, cell.end


def column_candidates(
    texts: Sequence[NamedText], cleaned: Sequence[Clean], cast: Sequence[Person], rules: RecognitionRules
) -> list[Candidate]:
    """Names that fill a staff column's cells; capitals in a column where someone's known initials stand are initials too."""
    known = _known_initials(cast)
    columns: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for number, (given, text) in enumerate(zip(texts, cleaned, strict=True)):
        for heading, start, end in staff_cells(given, rules):
            columns[given.agency, heading].extend(_pieces(number, given, text, start, end))
    found: list[Candidate] = []
    for pieces in columns.values():
        initialled = any(piece.written in known for piece in pieces)
        for piece in pieces:
            if is_initials(piece.written):
                if initialled and plain(piece.written) not in rules.staff_abbreviations and piece.written not in known:
                    found.append(piece)
            elif _is_name(piece.written, rules):
                found.append(_titled(piece, rules))
    return found


def _known_initials(cast: Sequence[Person]) -> set[str]:
    listed = {form for person in cast for form in person.also_known_as if is_initials(form)}
    return listed | {
        "".join(word[0] for word in re.findall(r"[A-Z]\w+", re.sub(r"^(?:Dr|PC|PS|DC|DS|Mrs?|Ms)\b", "", p.name))) for p in cast if p.name
    }


def reference_numbers(given: NamedText, text: Clean) -> Iterator[tuple[int, int]]:
    """Characters start to end, in the clean text, of each number of four digits or more in a column of references."""
    for cell in given.cells:
        if cell.meaning == "reference" and cell.end - cell.start <= LONGEST_CELL:
            for match in _REFERENCE.finditer(text.text, *_in_clean(text, cell.start, cell.end)):
                if sum(character.isdigit() for character in match[0]) >= FEWEST_DIGITS:
                    yield match.span()


def _in_clean(text: Clean, start: int, end: int) -> tuple[int, int]:
    """Characters start to end of the text as read as characters of its clean form."""
    return bisect_left(text.starts, start), bisect_left(text.starts, end)


def _pieces(number: int, given: NamedText, text: Clean, start: int, end: int) -> Iterator[Candidate]:
    for match in _APART.finditer(text.text, *_in_clean(text, start, end)):
        written = match[0].strip(" .")
        if written:
            at = match.start() + match[0].index(written)
            yield Candidate(number, at, at + len(written), written, agency=given.agency, found_by="staff-column", role="")


def _is_name(written: str, rules: RecognitionRules) -> bool:
    if not _NAME.fullmatch(written):
        # a carer who writes her own name small: no word of a dictionary, alone in its cell
        return bool(_SMALL.fullmatch(written)) and not any(
            dictionary().holds(word) or rules.is_harmless([word]) for word in written.split()
        )
    name = parse_name(written, rules)
    words = [plain(word).strip(".'-") for word in (*name.given, *name.surname)]
    return any(len(word) > 1 for word in words) and not any(
        len(word) > 1 and (word in rules.harmless or word in rules.abbreviations) and word not in rules.particles
        for word in words  # an initial is no word: "I Qureshi"
    )


def _titled(piece: Candidate, rules: RecognitionRules) -> Candidate:
    titles = parse_name(piece.written, rules).titles
    bare = re.sub(r"^(?:[\w/]+\.?\s+)(?:\d+\s+)?", "", piece.written) if titles else piece.written
    at = piece.end - len(bare)
    return Candidate(piece.text, at, piece.end, bare, titles[0] if titles else "", piece.role, piece.agency, piece.found_by)
