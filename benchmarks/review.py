"""How long 500 decisions of the board take there and back: reading the filled workbook into the log, applying them, writing the new workbook.

`python benchmarks/review.py`. An invented review of 500 rows that name a person each; recognising and hiding are timed in stages.py.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipelines import steps
from pipelines.decision_lines import read_review_decisions
from pipelines.review_round import take_in, write_review
from reports import review_columns as words
from tests.pipelines.board import CAST, Board, Filling

DECISIONS = 500


def main() -> None:
    """Prints the seconds of each part and their sum."""
    letters = "abcdefghij"
    surnames = [f"Quill{''.join(letters[int(digit)] for digit in f'{number:03}')}ow" for number in range(DECISIONS)]
    rows = {"Police": [(f"{1 + at % 28:02}/{1 + at % 12:02}/2019", f"Mrs {name} attended.") for at, name in enumerate(surnames)]}
    with tempfile.TemporaryDirectory() as folder:
        board = Board(Path(folder) / "review", cast=CAST[:1], rows=rows)
        board.run()
        with Filling(board.path) as filling:
            columns, sheet = filling.columns(words.PEOPLE), filling.book[words.PEOPLE]
            for number in range(5, 5 + DECISIONS):
                sheet.cell(number, columns[words.DECISION]).value = "rename pseudonym to …"
                sheet.cell(number, columns[words.FORM_OR_PSEUDONYM]).value = f"Resident {number}"
                sheet.cell(number, columns[words.INITIALS]).value = "AB"
        times: dict[str, float] = {}
        taken = timed("read into the log", times, lambda: take_in(board.review, board.ids, board.now))
        told = steps.Board(taken.decisions, board.ids)
        timeline, recognition = board.timeline(), board.recognition()
        decided = timed("apply", times, lambda: steps.decide_all(board.setting, timeline, recognition, told))
        hidden = steps.hide_all(board.setting, timeline, (), decided.to_hide)
        (Path(folder) / "review" / "new" / "review").mkdir(parents=True)
        reviewed = steps.reviewed(board.setting, timeline, steps.Draft(decided, hidden), told)
        timed("write the new workbook", times, lambda: write_review(Path(folder) / "review" / "new", reviewed, ()))
        count = len(read_review_decisions(board.log))
    for part, seconds in times.items():
        print(f"{part:28} {seconds:6.2f} s")
    print(f"{f'{count} decisions there and back':28} {sum(times.values()):6.2f} s")


def timed[T](part: str, times: dict[str, float], work: Callable[[], T]) -> T:
    """What the work gives; its seconds go into `times`."""
    began = time.perf_counter()
    result = work()
    times[part] = time.perf_counter() - began
    return result


if __name__ == "__main__":
    main()
