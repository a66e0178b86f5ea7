"""How much a file may hold: counted in one place, while it is read."""

import pytest

from extractors import bounds
from extractors.bounds import Amount, Told
from timeline.errors import FileError


@pytest.mark.parametrize(("what", "most"), [("rows", bounds.MAX_ROWS), ("cells", bounds.MAX_CELLS), ("beside", bounds.MAX_BESIDE)])
def test_what_is_over_the_most_is_refused_as_soon_as_it_is_met(what, most):
    amount = Amount()
    amount.add(**{what: most})
    with pytest.raises(FileError, match="rows alone"):
        amount.add(**{what: 1})


def test_a_real_export_of_fifty_thousand_rows_stays_below_all_of_them():
    amount, told = Amount(), Told()
    for number in range(50_000):
        cells = ["13/02/2019", "10:15", f"{number} {'Seen at home. ' * 20}", "None", "J Brehaut, Social Worker", "Telephone", "Yes", "None"]
        amount.add(rows=1, cells=len(cells), letters=sum(map(len, cells)))
        told.add(cells)


def test_a_long_text_that_stands_in_many_rows_is_refused_and_boilerplate_is_not():
    told = Told()
    for _ in range(20_000):
        told.add(["Did not attend; a letter was sent to the parents and the doctor. " * 3])
    for _ in range(150):
        told.add(["word " * 6_500])
    with pytest.raises(FileError, match="repeat"):
        told.add(["word " * 6_500] * 10)


def test_the_place_of_a_row_on_a_sheet_with_an_endless_name_stays_short(read_book):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(("Date", "Event", "Action"))
    book.active.append(("13/02/2019", "Seen", "None"))
    book.active.__dict__["_WorkbookChild__title"] = "x" * 5_000
    assert len(read_book(book).entries[0].source.where) < 200
