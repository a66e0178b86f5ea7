"""The board's review of the anonymisation, there and back: a workbook that a run wrote, filled in, saved, read and applied."""

import json
import shutil
import subprocess
from datetime import date

import docx
import openpyxl
import pytest

from pipelines import review_round
from pipelines.cli import main
from pipelines.people_file import read_people
from pipelines.review_files import open_notes
from pipelines.review_round import still_open
from reports import draft_summary
from reports import review_columns as words
from reports.counts import IN_WORDS
from tests.pipelines.board import CAST, MOTHER, ROWS, Board, Filling, board_after_one_run
from timeline.people import Person

NEIGHBOUR, JUDGE, FRIEND = "Mrs Featherstone", "Judge Wetherspoon", "Mr Quarrington"
NAMES = ("featherstone", "wetherspoon", "quarrington", "tregarthen", "oldacre", "quillfeather", "debs", "deborah", "marisol", "philippa")


@pytest.fixture
def board(tmp_path):
    return board_after_one_run(tmp_path / "review")


def lines(board):
    return [json.loads(line) for line in board.log.read_text("utf-8").splitlines()] if board.log.exists() else []


def joined(board):
    return "\n".join(board.texts())


def row(board, sheet, heading, wanted):
    return next(each for each in board.rows_of(sheet) if each[heading] == wanted)


def conflicts(board):
    return [each for each in board.rows_of(words.CONFLICTS) if each[words.CONFLICT_ID]]


def test_the_folder_is_for_board_staff_alone_and_the_workbook_opens_on_how_to_fill_it_in(board):
    assert board.path.parent.stat().st_mode & 0o777 == 0o700
    book = openpyxl.load_workbook(board.path)
    assert book.sheetnames == [
        words.START, words.PEOPLE, words.REPLACEMENTS, words.PASSAGES, words.LEFT, words.CONFLICTS, words.LISTS,
    ]  # fmt: skip
    assert book[words.LISTS].sheet_state == "hidden"
    assert book[words.PEOPLE].freeze_panes == "D5"
    assert book[words.PEOPLE].auto_filter.ref


def test_a_run_without_anything_filled_in_writes_nothing_into_the_log(board):
    board.run()
    assert lines(board) == []


def test_a_proposed_person_who_is_kept_waits_no_longer(board):
    assert row(board, words.PEOPLE, "Name", NEIGHBOUR)["To do"] == "decide"
    before = joined(board)
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="keep as is", why="Seen by both")
    assert board.run()["people"] == 3
    kept = row(board, words.PEOPLE, "Name", NEIGHBOUR)
    assert (kept["To do"], kept["Decision"], kept["Initials"], kept["Note"]) == (None, "keep as is", "AB", "Seen by both")
    assert kept["Date"].date() == date(2031, 3, 4)
    assert joined(board) == before
    assert [(each["verdict"], each["by"], each["on"], each["why"]) for each in lines(board)] == [
        ("confirm", "AB", "2031-03-04", "Seen by both")
    ]


def test_two_rows_that_are_one_person_get_one_pseudonym(board):
    friend = board.pseudonym(next(p.id for p in board.decided.people if p.name == FRIEND))
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="merge into …", into=board.label("Philippa Oldacre"))
    board.run()
    assert "Aunt of number 4 was seen" in joined(board)
    assert friend in joined(board)  # nobody else's number moves
    assert row(board, words.PEOPLE, "Name", NEIGHBOUR)["What holds now"] == "merged into Aunt"
    assert board.run()["conflicts"] == 0
    assert len(lines(board)) == 1


def test_whom_to_merge_into_may_be_typed_by_pseudonym_or_name(board):
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="merge into...", into="aunt")
    board.fill(words.PEOPLE, "Name", FRIEND, decision="Merge into", into="Philippa Oldacre")
    board.run()
    assert "Aunt of number 4" in joined(board)
    assert "Aunt was told" in joined(board)


def test_a_form_that_is_split_off_is_another_person_with_a_pseudonym_of_its_own(board):
    board.fill(words.PEOPLE, "Name", "Deborah Tregarthen", decision="split form …", words="Debs; Debs Tregarthen")
    board.run()
    made = row(board, words.PEOPLE, "Name", "Debs Tregarthen")
    assert made["Known from"] == "split off"
    assert made["Pseudonym"] not in {"Mother", "Aunt", "Child Z"}
    assert f"seen with {made['Pseudonym']}. {made['Pseudonym']} left" in joined(board)
    assert "Mother reported" in joined(board)
    assert "Mother was calm" in joined(board)
    board.fill(words.PEOPLE, "Name", "Debs Tregarthen", decision="rename pseudonym to …", words="Adult D")
    board.run()
    assert "seen with Adult D. Adult D left" in joined(board)


def test_a_form_that_stands_in_no_row_of_the_person_is_not_split_off(board):
    board.fill(words.PEOPLE, "Name", "Deborah Tregarthen", decision="split form …", words="Dobs")
    assert board.run()["conflicts"] == 1
    assert "No such form" in conflicts(board)[0]["Why it is not applied"]


def test_a_pseudonym_that_is_chosen_stands_everywhere_and_no_other_changes(board):
    before = dict(board.hidden.key.pseudonyms)
    board.fill(words.PEOPLE, "Name", FRIEND, decision="rename pseudonym to …", words="Adult B")
    board.run()
    after = dict(board.hidden.key.pseudonyms)
    assert "Adult B was told by Mother" in joined(board)
    changed = {person for person in before if before[person] != after[person]}
    assert [after[person] for person in changed] == ["Adult B"]


def test_two_people_can_change_pseudonyms(board):
    board.fill(words.PEOPLE, "Name", "Deborah Tregarthen", decision="rename pseudonym to …", words="Aunt")
    board.fill(words.PEOPLE, "Name", "Philippa Oldacre", decision="rename pseudonym to …", words="Mother")
    assert board.run()["conflicts"] == 0
    assert "Aunt reported that Child Z" in joined(board)


@pytest.mark.parametrize("said", ["Quillfeather", "Mrs Featherstone", "Marisol", "Auntie Debs", "DT", "philippa"])
def test_a_real_name_or_initials_of_the_review_are_refused_as_a_pseudonym(board, said):
    before = joined(board)
    board.fill(words.PEOPLE, "Name", FRIEND, decision="rename pseudonym to …", words=said)
    assert board.run()["conflicts"] == 1
    assert joined(board) == before
    assert "real name or initials" in conflicts(board)[0]["Why it is not applied"]
    assert row(board, words.PEOPLE, "Name", FRIEND)[words.FORM_OR_PSEUDONYM] == said


@pytest.mark.parametrize("said", ["Mother", "mother", "Child Z", "?", "x" * 61])
def test_a_pseudonym_in_use_or_that_is_none_is_refused(board, said):
    before = joined(board)
    board.fill(words.PEOPLE, "Name", FRIEND, decision="rename pseudonym to …", words=said)
    assert board.run()["conflicts"] == 1
    assert joined(board) == before


def test_one_new_pseudonym_for_two_people_is_given_to_neither(board):
    before = joined(board)
    for name in (FRIEND, NEIGHBOUR):
        board.fill(words.PEOPLE, "Name", name, decision="rename pseudonym to …", words="Adult B")
    assert board.run()["conflicts"] == 2
    assert joined(board) == before


def test_whoever_is_public_is_left_in_and_the_sheet_of_what_was_left_in_says_so(board):
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide")
    board.run()
    assert "Judge Wetherspoon made an order" in joined(board)
    left = row(board, words.LEFT, "Words", JUDGE)
    assert "by decision" in left["Why it was left in"]
    assert left["Decided"] == "AB, 04/03/2031"


def test_whoever_is_no_person_is_left_in_but_nobody_of_the_cast_list_is_taken_for_nobody(board):
    board.fill(words.PEOPLE, "Name", FRIEND, decision="is no person")
    board.fill(words.PEOPLE, "Name", "Philippa Oldacre", decision="is no person")
    assert board.run()["conflicts"] == 1
    assert "Mr Quarrington was told" in joined(board)
    assert "Philippa" not in joined(board)


def test_a_form_is_kept_hidden_or_given_to_somebody(board):
    board.fill(words.REPLACEMENTS, "As it is written", FRIEND, decision="keep (do not hide)")
    board.fill(words.REPLACEMENTS, "As it is written", JUDGE, decision="hide")
    board.fill(words.REPLACEMENTS, "As it is written", "Debs", decision="belongs to …", belongs=board.label("Philippa Oldacre"))
    board.run()
    assert "Mr Quarrington was told by Aunt" in joined(board)
    assert "Judge 1 made an order" in joined(board)
    assert row(board, words.REPLACEMENTS, "As it is written", FRIEND)["Becomes"] == "(left in)"
    assert "Debs (2)" in row(board, words.PEOPLE, "Name", "Philippa Oldacre")["Every form found, and how often"]


def test_a_form_may_belong_to_a_new_person(board):
    board.fill(words.REPLACEMENTS, "As it is written", "Debs", decision="belongs to …", belongs=words.NEW_PERSON)
    board.run()
    assert row(board, words.PEOPLE, "Name", "Debs")["Known from"] == "split off"
    assert "Mother left" in joined(board)


def test_a_word_that_was_left_in_is_hidden_from_the_next_run_on_and_can_be_brought_back(board):
    board.fill(words.LEFT, "Words", "Zumba", decision="hide")
    board.run()
    assert "Zumba" not in joined(board)
    assert row(board, words.LEFT, "Words", "Zumba")["Why it was left in"] == "hidden by decision"
    board.fill(words.LEFT, "Words", "Zumba", decision="belongs to …", belongs=board.label("Philippa Oldacre"))
    board.run()
    assert "The Aunt class" in joined(board)
    board.fill(words.LEFT, "Words", "Zumba", decision=words.TAKE_BACK)
    board.run()
    assert "The Zumba class" in joined(board)


def test_queued_passages_are_hidden_kept_or_replaced(board):
    queued = {each["The words"] for each in board.rows_of(words.PASSAGES)}
    assert {"Polish", "scaffolder"} <= queued
    board.fill(words.PASSAGES, "The words", "Polish", decision="keep")
    board.fill(words.PASSAGES, "The words", "scaffolder", decision="replace by …", instead="builder")
    waiting = board.run()
    assert waiting["passages"] == len(queued) - 2
    assert "builder" in joined(board)
    assert "Polish" in joined(board)
    board.fill(words.PASSAGES, "The words", "scaffolder", decision="hide")
    board.run()
    assert "scaffolder" not in joined(board)
    assert "builder" not in joined(board)


def quotations(board):
    return [each for each in board.rows_of(words.PASSAGES) if each["Kind"] == "searchable quotation"]


def narrative(board):
    """The paragraphs of the draft overview report that tell rows."""
    path = board.review.output / "draft.docx"
    draft_summary.write(board.hidden.review, board.setting.drafting, path)
    return "\n".join(each.text for each in docx.Document(path).paragraphs)


@pytest.fixture
def quoting_board(tmp_path):
    """The board of a review with two rows that are told in more than twelve words."""
    said = {
        "Police": [
            ("04/03/2019", "Deborah Tregarthen was arrested on suspicion of assault after Marisol Tregarthen was found with a fracture.")
        ],
        "School": [("06/03/2019", "Marisol Tregarthen said at school that her arm was hurt and she was afraid to go home that day.")],
    }
    board = Board(tmp_path / "quoting", rows=said)
    board.run()
    return board


def test_long_quotations_of_the_narrative_wait_on_the_sheet_of_queued_passages_by_agency(quoting_board):
    rows = quotations(quoting_board)
    assert [each["To do"] for each in rows] == ["decide"] * len(rows)
    assert [each["Whose row"] for each in rows] == sorted(each["Whose row"] for each in rows)
    assert rows
    assert all(len(each["The words"].split()) > 12 and each["In the drafts now"] == "(left in)" for each in rows)
    waiting = quoting_board.run()["passages"]
    assert waiting == sum(each["To do"] == "decide" for each in quoting_board.rows_of(words.PASSAGES))


@pytest.mark.parametrize(
    ("decision", "instead", "now", "told"),
    [
        ("keep", None, "(left in)", "suspicion of assault"),
        ("hide", None, "(left out)", "[left out by the board’s decision] [E0001]"),
        ("replace by …", "Mother was arrested.", "Mother was arrested.", "[in the board’s words: Mother was arrested.] [E0001]"),
    ],
)
def test_a_decision_on_a_long_quotation_is_applied_to_the_narrative_on_every_run(quoting_board, decision, instead, now, told):
    board, before = quoting_board, len(quotations(quoting_board))
    wanted = next(each["The words"] for each in quotations(board) if "suspicion" in each["The words"])
    waiting = board.run()["passages"]
    board.fill(words.PASSAGES, "The words", wanted, decision=decision, instead=instead)
    for _ in range(2):
        assert board.run()["passages"] == waiting - 1
        assert told in narrative(board)
        assert ("suspicion" in narrative(board)) == (decision == "keep")
        decided = next(each for each in quotations(board) if each["The words"] == wanted)
        assert (decided["To do"], decided["In the drafts now"], decided["Decision"]) == (None, now, decision)
    assert len(quotations(board)) == before
    assert conflicts(board) == []
    assert len(lines(board)) == 1
    board.fill(words.PASSAGES, "The words", wanted, decision=words.TAKE_BACK)
    assert board.run()["passages"] == waiting
    assert "suspicion" in narrative(board)


def test_a_long_quotation_of_a_row_that_changes_waits_again_and_the_decision_is_told(quoting_board):
    board = quoting_board
    wanted = next(each["The words"] for each in quotations(board) if "suspicion" in each["The words"])
    waiting = board.run()["passages"]
    board.fill(words.PASSAGES, "The words", wanted, decision="hide")
    assert board.run()["passages"] == waiting - 1
    earlier = board.rows
    board.rows = {**earlier, "Police": [(earlier["Police"][0][0], f"{earlier['Police'][0][1]} Later withdrawn.")]}
    assert board.run()["passages"] == waiting
    assert "suspicion" in narrative(board)
    assert "not in the queue any more" in conflicts(board)[0]["Why it is not applied"]
    board.rows = earlier
    assert board.run()["passages"] == waiting - 1
    assert "suspicion" not in narrative(board)


def test_every_count_of_a_run_has_plain_words(board):
    assert board.hidden.review.counts.keys() <= IN_WORDS.keys()


def test_a_real_name_in_words_for_a_long_quotation_is_refused_and_waits(quoting_board):
    board = quoting_board
    wanted = next(each["The words"] for each in quotations(board) if "suspicion" in each["The words"])
    board.fill(words.PASSAGES, "The words", wanted, decision="replace by …", instead="Philippa Oldacre was told.")
    assert board.run()["conflicts"] == 1
    assert "Philippa" not in narrative(board)


def test_a_real_name_is_refused_as_words_for_a_passage(board):
    board.fill(words.PASSAGES, "The words", "scaffolder", decision="replace by …", instead="friend of Philippa Oldacre")
    assert board.run()["conflicts"] == 1
    assert "Philippa" not in joined(board)


def test_a_decision_is_changed_and_taken_back_on_the_same_row_and_the_log_only_grows(board):
    start = joined(board)
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide")
    board.run()
    first = board.log.read_bytes()
    board.fill(words.PEOPLE, "Name", JUDGE, decision="rename pseudonym to …", words="The Court")
    board.run()
    assert "The Court made an order" in joined(board)
    second = board.log.read_bytes()
    assert second.startswith(first)
    board.fill(words.PEOPLE, "Name", JUDGE, decision=words.TAKE_BACK, words=None)
    board.run()
    assert joined(board) == start
    assert board.log.read_bytes().startswith(second)
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide")
    board.run()
    assert "Wetherspoon" in joined(board)
    assert len(lines(board)) == 4


def test_rows_may_be_sorted_deleted_and_given_more_columns(board):
    with Filling(board.path) as filling:
        filling.row(words.PEOPLE, "Name", NEIGHBOUR, decision="merge into …", into=board.label("Philippa Oldacre"), by="AB")
        filling.row(words.PEOPLE, "Name", JUDGE, decision="public: do not hide", by="AB")
        sheet = filling.book[words.PEOPLE]
        cells = [[cell.value for cell in each] for each in sheet.iter_rows(min_row=5)]
        for number, values in enumerate(sorted(cells[1:], key=lambda each: each[2], reverse=True), start=5):  # the first row is deleted
            for column, value in enumerate(values, start=1):
                sheet.cell(number, column).value = value
        sheet.delete_rows(4 + len(cells))
        sheet.insert_cols(3)
        sheet.cell(4, 3).value = "Our own remarks"
        sheet.cell(6, 3).value = "ask Jo"
        sheet.insert_rows(1)
    assert board.run()["conflicts"] == 0
    assert "Aunt of number 4" in joined(board)
    assert "Judge Wetherspoon" in joined(board)
    assert len(lines(board)) == 2


def test_a_pasted_formula_decides_nothing_and_is_told(board):
    with Filling(board.path) as filling:
        filling.row(words.PEOPLE, "Name", NEIGHBOUR, decision='=HYPERLINK("http://example.test","public: do not hide")', by="AB")
        filling.row(words.PEOPLE, "Name", FRIEND, decision="keep as is", by="AB", on="=TODAY()")
    assert board.run()["conflicts"] == 2
    assert {"A formula stands in this row, and its result was not saved: write the words themselves."} == {
        each["Why it is not applied"] for each in conflicts(board)
    }
    book = openpyxl.load_workbook(board.path)
    assert not [cell for sheet in book for each in sheet.iter_rows() for cell in each if cell.data_type == "f"]


def test_what_an_agency_wrote_becomes_no_formula(tmp_path):
    rows = {"Police": [("04/03/2019", '=HYPERLINK("http://example.test") said Marisol Tregarthen. Her father is Polish, =1+1')]}
    made = Board(tmp_path / "review", rows=rows)
    made.run()
    book = openpyxl.load_workbook(made.path)
    assert not [cell for sheet in book for each in sheet.iter_rows() for cell in each if cell.data_type == "f" or cell.hyperlink]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"decision": "perhaps"}, "not in its list"),
        ({"decision": "merge into …"}, "choose whom"),
        ({"decision": "merge into …", "into": "Somebody"}, "Nobody, or more than one"),
        ({"decision": "rename pseudonym to …"}, "needs words"),
        ({"decision": "keep as is", "by": None}, "no initials"),
        ({"decision": "keep as is", "on": "soon"}, "date cannot be read"),
        ({"why": "who is this?"}, "nothing is chosen"),
    ],
)
def test_a_row_that_cannot_be_taken_as_it_stands_is_kept_shown_and_not_applied(board, cells, why):
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, **cells)
    waiting = board.run()
    assert waiting["conflicts"] == 1
    assert why in conflicts(board)[0]["Why it is not applied"]
    assert row(board, words.PEOPLE, "Name", NEIGHBOUR)["Decision"] == cells.get("decision")
    assert len(lines(board)) == 1
    board.run()
    assert len(lines(board)) == 1
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="keep as is", into=None, why=None)
    assert board.run()["conflicts"] == 0


def test_initials_and_date_of_the_first_sheet_count_for_every_row_without(board):
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="keep as is", by=None, on=None)
    board.fill(words.PEOPLE, "Name", JUDGE, decision="keep as is", by="JK", on="5 March 2031")
    with Filling(board.path) as filling:
        sheet = filling.book[words.START]
        places = {each[0].value: each[0].row for each in sheet.iter_rows(max_col=1)}
        sheet.cell(places[words.YOUR_INITIALS], 5).value = "AB"
        sheet.cell(places[words.TODAYS_DATE], 5).value = "04/03/2031"
    assert board.run()["conflicts"] == 0
    assert {(each["by"], each["on"]) for each in lines(board)} == {("AB", "2031-03-04"), ("JK", "2031-03-05")}


def test_initials_that_are_added_later_make_the_decision_count(board):
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide", by=None)
    board.run()
    assert "Wetherspoon" not in joined(board)
    board.fill(words.PEOPLE, "Name", JUDGE, by="AB")
    assert board.run()["conflicts"] == 0
    assert "Wetherspoon" in joined(board)


def test_two_copies_that_decide_differently_are_a_conflict_until_somebody_decides(board):
    copy = board.path.with_name("copy of JK.xlsx")
    shutil.copy(board.path, copy)
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide")
    board.fill(words.PEOPLE, "Name", JUDGE, decision="rename pseudonym to …", words="The Court", by="JK", path=copy)
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="keep as is", by="JK", path=copy)
    waiting = board.run()
    assert waiting["conflicts"] == 1
    assert "Judge 1 made an order" in joined(board)  # neither is applied
    shown = conflicts(board)[0]
    assert "AB" in shown["What was decided"]
    assert "JK" in shown["What was decided"]
    assert row(board, words.PEOPLE, "Name", JUDGE)["Decision"] is None
    assert row(board, words.PEOPLE, "Name", NEIGHBOUR)["Initials"] == "JK"
    board.run()
    assert len(lines(board)) == 3  # the copy says nothing new
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide")
    assert board.run()["conflicts"] == 0
    assert "Judge Wetherspoon made an order" in joined(board)


def test_a_copy_from_before_a_decision_contests_it_and_does_not_override_it(board):
    old = board.path.with_name("old.xlsx")
    shutil.copy(board.path, old)
    board.fill(words.PEOPLE, "Name", JUDGE, decision="keep as is")
    board.run()
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide", by="JK", path=old)
    assert board.run()["conflicts"] == 1
    assert "Wetherspoon" not in joined(board)


def test_two_people_who_decide_the_same_are_in_no_conflict(board):
    copy = board.path.with_name("copy.xlsx")
    shutil.copy(board.path, copy)
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide")
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide", by="JK", path=copy)
    assert board.run()["conflicts"] == 0
    assert "Wetherspoon" in joined(board)
    assert len(lines(board)) == 2


def test_what_was_changed_after_a_run_that_failed_counts_as_the_later_word(board):
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide")
    with board.review.alone():
        review_round.take_in(board.review, board.ids)  # and then the run failed
    board.fill(words.PEOPLE, "Name", JUDGE, decision="keep as is")
    assert board.run()["conflicts"] == 0
    assert "Wetherspoon" not in joined(board)


def test_a_merge_into_somebody_who_is_merged_is_a_conflict(board):
    neighbour, friend = board.label(NEIGHBOUR), board.label("Philippa Oldacre")
    board.fill(words.PEOPLE, "Name", JUDGE, decision="merge into …", into=neighbour)
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="merge into …", into=friend)
    assert board.run()["conflicts"] == 1
    assert "merged into somebody else" in conflicts(board)[0]["Why it is not applied"]
    assert "Aunt of number 4" in joined(board)
    assert "Judge 1" in joined(board)


def test_two_people_merged_into_each_other_stay_two(board):
    board.fill(words.PEOPLE, "Name", JUDGE, decision="merge into …", into=board.label(NEIGHBOUR))
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="merge into …", into=board.label(JUDGE))
    before = joined(board)
    assert board.run()["conflicts"] == 2
    assert joined(board) == before


def test_somebody_who_took_another_in_may_be_merged_later(board):
    board.fill(words.PEOPLE, "Name", JUDGE, decision="merge into …", into=board.label(NEIGHBOUR))
    board.run()
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="merge into …", into=board.label("Philippa Oldacre"))
    assert board.run()["conflicts"] == 0
    assert "Aunt made an order" in joined(board)
    assert "Aunt of number 4" in joined(board)


def test_people_of_different_dates_of_birth_stay_apart(tmp_path):
    born = [*CAST[:2], Person(id="P4", name="Tamsin Roscarrock", kind="family", role="Sister", date_of_birth=date(2012, 1, 2))]
    made = Board(tmp_path / "review", cast=born)
    made.run()
    made.fill(words.PEOPLE, "Name", "Tamsin Roscarrock", decision="merge into …", into=made.label("Marisol Tregarthen"))
    assert made.run()["conflicts"] == 1


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: b"", lambda data: b"PK\x03\x04" + b"\0" * 99])
def test_a_workbook_that_was_saved_in_half_stops_nothing_and_is_kept(board, damage):
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide")
    board.run()
    log = board.log.read_bytes()
    damaged = damage(board.path.read_bytes())
    board.path.write_bytes(damaged)
    board.run()
    assert len(board.notes) == 1
    assert "could not be read and is kept" in board.notes[0]
    kept = [path for path in board.path.parent.iterdir() if path.name.startswith("unreadable-")]
    assert [path.read_bytes() for path in kept] == [damaged]
    assert board.log.read_bytes() == log
    assert "Wetherspoon" in joined(board)  # what was decided before still counts
    assert row(board, words.PEOPLE, "Name", JUDGE)["Decision"] == "public: do not hide"
    board.run()
    assert board.notes == ()


def test_another_workbook_in_the_folder_is_left_alone(board):
    other = openpyxl.Workbook()
    other.active["A1"] = "minutes"
    other.save(board.path.with_name("minutes.xlsx"))
    board.run()
    assert board.notes == ()
    assert board.path.with_name("minutes.xlsx").exists()


def test_a_workbook_that_somebody_has_open_is_told_for_as_long_as_it_is(board):
    lock = board.path.with_name(".~lock.anonymisation-review.xlsx#")
    lock.write_text("who", "utf-8")
    board.run()
    assert board.notes == ()  # what a run keeps of itself would still tell it when the workbook is closed
    (note,) = open_notes(board.review)
    assert "save and close it" in note
    assert note in still_open(board.review).notes
    lock.unlink()
    assert open_notes(board.review) == still_open(board.review).notes == ()


def test_a_workbook_is_read_once_and_what_is_saved_over_it_meanwhile_is_read_by_the_next_run(board, monkeypatch):
    take = review_round.take_in
    read = []

    def saved_right_after(*given):
        taken = take(*given)
        if not read:
            board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="keep as is")
        read.append(taken)
        return taken

    monkeypatch.setattr("tests.pipelines.board.take_in", saved_right_after)
    board.run()
    assert lines(board) == []
    assert len(list(board.path.parent.glob("saved-during-a-run-*.xlsx"))) == 1
    board.run()
    assert [(each["verdict"], each["by"]) for each in lines(board)] == [("confirm", "AB")]
    board.run()
    assert len(lines(board)) == 1


def test_decisions_survive_a_corrected_return(board):
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="merge into …", into=board.label("Philippa Oldacre"))
    board.fill(words.REPLACEMENTS, "As it is written", "Debs", decision="belongs to …", belongs=board.label("Philippa Oldacre"))
    board.run()
    first = ("01/03/2019", "Mr Ollivander rang. Ms Underhill was told.")
    board.rows = {"Police": [first, *ROWS["Police"]], "School": ROWS["School"][:1]}
    assert board.run()["conflicts"] == 0
    assert "Aunt of number 4 was seen with Aunt" in joined(board)


def test_a_person_of_whom_a_corrected_return_tells_more_is_found_again(board):
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="merge into …", into=board.label("Philippa Oldacre"))
    board.run()
    fuller = [(day, text.replace("Mrs Featherstone of", "Mrs Araminta Featherstone (Mrs Featherstone) of")) for day, text in ROWS["Police"]]
    board.rows = {**ROWS, "Police": fuller}
    assert board.run()["conflicts"] == 0
    assert "Araminta" not in joined(board)
    assert "Aunt collected her" in joined(board)


def test_a_decision_on_a_row_that_is_gone_is_told_waits_for_nobody_and_comes_back_with_it(board):
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide")
    board.run()
    board.rows = {**ROWS, "School": ROWS["School"][:1]}
    assert board.run()["conflicts"] == 0
    shown = conflicts(board)
    assert [each["Waits for you"] for each in shown] == [None]
    assert "not in the review any more" in shown[0]["Why it is not applied"]
    board.rows = ROWS
    board.run()
    assert "Judge Wetherspoon" in joined(board)
    assert conflicts(board) == []


def test_a_decision_on_an_id_that_is_somebody_else_now_is_not_applied(tmp_path):
    made = Board(tmp_path / "review")
    made.run()
    made.fill(words.PEOPLE, "Name", "Philippa Oldacre", decision="rename pseudonym to …", words="Adult B")
    made.run()
    other = Person(id="P3", name="Tamsin Roscarrock", kind="family", role="Sister")
    again = Board(
        tmp_path / "review", cast=(*CAST[:2], other), rows={"Police": [*ROWS["Police"][:2], ("07/03/2019", "Tamsin Roscarrock rang.")]}
    )
    assert again.run()["conflicts"] == 1
    assert "Sister rang" in joined(again)
    with Filling(again.path) as filling:
        sheet = filling.book[words.CONFLICTS]
        columns = filling.columns(words.CONFLICTS)
        sheet.cell(5, columns[words.DECISION]).value = words.TAKE_BACK
        sheet.cell(5, columns[words.INITIALS]).value = "AB"
    assert again.run()["conflicts"] == 0


def test_people_csv_put_back_gives_everyone_the_same_pseudonym(board):
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="merge into …", into=board.label("Philippa Oldacre"))
    board.fill(words.PEOPLE, "Name", FRIEND, decision="rename pseudonym to …", words="Adult B")
    board.fill(words.REPLACEMENTS, "As it is written", "Debs", decision="belongs to …", belongs=words.NEW_PERSON)
    board.run()
    before, pseudonyms = joined(board), dict(board.hidden.key.pseudonyms)
    listed = read_people(board.path.with_name("people.csv"))
    assert {each.name for each in listed} >= {each.name for each in CAST} | {JUDGE, FRIEND, "Debs"}
    again = Board(board.review.folder, cast=listed)
    waiting = again.run()
    assert (waiting["people"], waiting["conflicts"]) == (0, 0)
    assert dict(again.hidden.key.pseudonyms) == pseudonyms
    assert joined(again) == before


def test_somebody_who_is_known_by_initials_alone_is_found_again_from_people_csv(tmp_path):
    nurse = Person(id="P9", name="NO", also_known_as=("NO",), kind="professional", role="Nurse")
    rows = {"Police": [("04/03/2019", "Marisol Tregarthen was seen by NO.")]}
    made = Board(tmp_path / "review", cast=(*CAST, nurse), rows=rows)
    made.run()
    assert "seen by Nurse 1" in joined(made)
    again = Board(tmp_path / "review", cast=read_people(made.path.with_name("people.csv")), rows=rows)
    again.run()
    assert joined(again) == joined(made)


def test_a_formula_in_a_name_of_people_csv_is_read_back_as_it_was(tmp_path):
    made = Board(tmp_path / "review", cast=(*CAST, Person(id="P9", name="Anna-Maria", also_known_as=("=cmd", "Mia"), kind="family")))
    made.run()
    assert next(each for each in read_people(made.path.with_name("people.csv")) if each.id == "P9").also_known_as == ("=cmd", "Mia")


def test_no_name_stands_in_what_is_told(board, capsys):
    for name in (JUDGE, FRIEND):
        board.fill(words.PEOPLE, "Name", name, decision="rename pseudonym to …", words="Philippa")
    with Filling(board.path) as filling:
        sheet = filling.book[words.PEOPLE]
        sheet.cell(5, filling.columns(words.PEOPLE)["Id of the person"]).value = None
    shutil.copy(board.path, board.path.with_name("Featherstone.xlsx"))
    board.path.write_bytes(board.path.read_bytes()[:900])
    board.path.with_name("Oldacre.xlsx").write_bytes(b"none")
    assert main(["review", str(board.review.folder)]) == 1
    board.run()
    assert main(["review", str(board.review.folder)]) == 1
    said = (capsys.readouterr().out + "".join(board.notes)).casefold()
    assert "2 conflicts between decisions" in said or "1 conflicts between decisions" in said
    assert not [name for name in NAMES if name in said]


def test_review_tells_what_is_open_and_ends_with_0_when_nothing_is(tmp_path, capsys):
    made = Board(tmp_path / "review", rows={"Police": [("04/03/2019", "Deborah Tregarthen rang. Mr Quarrington was told.")]})
    assert main(["review", str(made.review.folder)]) == 2
    made.run()
    assert main(["review", str(made.review.folder)]) == 1
    assert "1 people to decide on" in capsys.readouterr().out
    made.fill(words.PEOPLE, "Name", FRIEND, decision="keep as is")
    assert main(["review", str(made.review.folder)]) == 1
    assert "1 decisions filled in and not yet read" in capsys.readouterr().out
    assert lines(made) == []
    made.run()
    assert main(["review", str(made.review.folder)]) == 0


def test_decisions_on_findings_in_the_same_log_are_read_as_before(board):
    from datetime import UTC, datetime

    from pipelines.decision_lines import add_decision, read_decisions
    from timeline.decisions import Decision

    at = datetime(2031, 5, 6, 12, tzinfo=UTC)
    made = Decision(finding="f1", kind="silence", events=("a",), verdict="accept", by="author", at=at, why="", basis="x")
    add_decision(board.log, made)
    board.fill(words.PEOPLE, "Name", JUDGE, decision="public: do not hide")
    board.run()
    add_decision(board.log, made)
    assert read_decisions(board.log) == (made, made)
    board.run()
    assert "Wetherspoon" in joined(board)


def test_five_hundred_decisions_are_read_and_applied(tmp_path):
    surnames = [f"Quill{''.join('abcdefghij'[int(digit)] for digit in f'{number:03}')}ow" for number in range(500)]
    rows = {"Police": [(f"{1 + at % 28:02}/{1 + at % 12:02}/2019", f"Mrs {name} attended.") for at, name in enumerate(surnames)]}
    made = Board(tmp_path / "review", cast=CAST[:1], rows=rows)
    made.run()
    with Filling(made.path) as filling:
        columns, sheet = filling.columns(words.PEOPLE), filling.book[words.PEOPLE]
        filled = 0
        for number in range(5, sheet.max_row + 1):
            if sheet.cell(number, columns["To do"]).value == "decide":
                filled += 1
                sheet.cell(number, columns[words.DECISION]).value = "rename pseudonym to …"
                sheet.cell(number, columns[words.FORM_OR_PSEUDONYM]).value = f"Resident {number}"
                sheet.cell(number, columns[words.INITIALS]).value = "AB"
    assert filled == 500
    assert made.run() == {"people": 0, "replacements": 0, "passages": 0, "conflicts": 0}
    assert len(lines(made)) == 500
    assert sum("Resident" in text for text in made.texts()) == 500


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: what it saves is not tried")
def test_a_workbook_that_libreoffice_saved_again_is_read_like_the_first(board, tmp_path):
    board.fill(words.PEOPLE, "Name", NEIGHBOUR, decision="merge into …", into=board.label("Philippa Oldacre"))
    board.fill(words.PASSAGES, "The words", "scaffolder", decision="replace by …", instead="builder")
    saved = tmp_path / "saved"
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(saved), str(board.path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    shutil.copy(saved / board.path.name, board.path)
    assert board.run()["conflicts"] == 0
    assert "Aunt of number 4" in joined(board)
    assert "builder" in joined(board)
    assert {(each["by"], each["on"]) for each in lines(board)} == {("AB", "2031-03-04")}


def test_the_mother_of_the_cast_list_keeps_the_pseudonym_that_people_csv_chose(tmp_path):
    from dataclasses import replace

    chosen = (CAST[0], replace(MOTHER, pseudonym="Anya"), CAST[2])
    made = Board(tmp_path / "review", cast=chosen)
    made.run()
    made.fill(words.PEOPLE, "Name", JUDGE, decision="rename pseudonym to …", words="Anya")
    assert made.run()["conflicts"] == 1
    assert "Anya reported" in joined(made)
