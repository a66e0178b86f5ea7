"""people.csv or people.xlsx -> the cast list: who is known already."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import get_args

from timeline.errors import CaseError
from timeline.people import Person, PersonKind
from timeline.written_dates import WrittenDate, date_rows

COLUMNS = ("id", "name", "also_known_as", "date_of_birth", "role", "kind", "agency", "pseudonym")
_NEEDED = ("id", "name", "kind")
KINDS: tuple[str, ...] = get_args(PersonKind)


def read_people(path: Path) -> tuple[Person, ...]:
    """The cast list in its order; CaseError names the row (the heading row is row 1), the column and what is allowed."""
    rows = _workbook_rows(path) if path.suffix == ".xlsx" else _csv_rows(path)
    if not rows:
        raise CaseError(f"{path.name} is empty: its first row holds the column names {', '.join(COLUMNS)}")
    heading = [cell.strip().casefold() for cell in rows[0]]
    for column in _NEEDED:
        if column not in heading:
            raise CaseError(f"{path.name}: the column “{column}” is missing; needed are {', '.join(_NEEDED)}")
    for column in heading:
        if column and column not in COLUMNS:
            raise CaseError(f"{path.name}: the column “{column}” is unknown; allowed are {', '.join(COLUMNS)}")
    _each_once(path.name, "column name", [column for column in heading if column])
    people = []
    for number, row in enumerate(rows[1:], start=2):
        values = {column: cell.strip() for column, cell in zip(heading, row, strict=False) if column}
        if any(values.values()):
            people.append(_person(f"{path.name}, row {number}", values))
    _each_once(path.name, "id", [person.id for person in people])
    _each_once(path.name, "pseudonym", [person.pseudonym.casefold() for person in people if person.pseudonym])
    return tuple(people)


def _person(where: str, values: dict[str, str]) -> Person:
    for column in _NEEDED:
        if not any(character.isalnum() for character in values.get(column, "")):
            raise CaseError(f"{where}: the column “{column}” is blank")
    kind = values["kind"].casefold()
    if kind not in KINDS:
        raise CaseError(f"{where}: the kind is unknown; allowed are {', '.join(KINDS)}")
    return Person(
        id=values["id"],
        name=values["name"],
        also_known_as=tuple(form.strip() for form in values.get("also_known_as", "").split(";") if form.strip()),
        date_of_birth=_birth(where, values.get("date_of_birth", "")),
        role=values.get("role", ""),
        kind=kind,  # type: ignore[arg-type]  # checked against the kinds above
        agency=values.get("agency", ""),
        pseudonym=values.get("pseudonym", ""),
    )


def _birth(where: str, written: str) -> date | None:
    if not written:
        return None
    when = date_rows([WrittenDate(text=written)])[0].when
    if when.earliest is None or when.width_days:
        raise CaseError(f"{where}: date_of_birth must be a date such as 2018-02-11, or blank")
    return when.earliest


def _each_once(name: str, column: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise CaseError(f"{name}: the same {column} stands there twice; each needs its own")
        seen.add(value)


def _csv_rows(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CaseError(f"{path.name} cannot be read ({error.strerror}): let this account read it") from None
    except UnicodeDecodeError:
        raise CaseError(f"{path.name} is not UTF-8: save it again as “CSV UTF-8”") from None
    try:
        return list(
            csv.reader(
                io.StringIO(text, newline=""), delimiter=";" if ";" in text.split("\n")[0] and "," not in text.split("\n")[0] else ","
            )
        )
    except csv.Error:
        raise CaseError(f"{path.name} is no CSV: save it again as “CSV UTF-8”") from None


def _workbook_rows(path: Path) -> list[list[str]]:
    # board staff's own file, not an agency's, so it is read in this process; imported here because it takes a tenth of a second
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = openpyxl.load_workbook(path, data_only=True)
    except (InvalidFileException, OSError, KeyError, ValueError):
        raise CaseError(f"{path.name} cannot be opened: save it again as an Excel workbook or as people.csv") from None
    return [[_shown(cell) for cell in row] for row in workbook.worksheets[0].iter_rows(values_only=True)]


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def write_people(people: Iterable[Person], path: Path) -> None:
    """Writes a cast list that `read_people` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for each in people:
            born = each.date_of_birth.isoformat() if each.date_of_birth else ""
            rows.writerow((each.id, each.name, ";".join(each.also_known_as), born, each.role, each.kind, each.agency, each.pseudonym))
