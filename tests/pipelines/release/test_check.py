"""`chronology check`: what the author wrote, held against the review that was really run, with the real models."""

import json
import random
import shutil
import zipfile

import openpyxl
import pytest

from anonymise.recognising.names import tokens
from pipelines.release.check import check_and_write, check_report, copy_name
from pipelines.release.hit_decisions import read_hit_decisions
from reports.checked.sheet import FILE, HITS, IN_WORDS
from tests.making_report import Report
from tests.pipelines.release import checking, planting
from timeline.errors import CaseError, ReportError

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    return checking.run(checking.make_review(tmp_path_factory.mktemp("reviews") / "own"))


@pytest.fixture
def review(ran, tmp_path):
    """A copy of the review that a test may write to."""
    from pipelines.review import open_review

    return open_review(shutil.copytree(ran.folder, tmp_path / "reviews" / "own"))


def report_with(path, *paragraphs):
    report = Report()
    for each in paragraphs:
        report.paragraph(each)
    return report.write(path)


def found(hits):
    return {(hit.place, hit.words): hit for hit in hits}


def test_names_of_the_review_are_found_with_the_pseudonym_as_proposal(ran, tmp_path):
    hits = check_report(ran, report_with(tmp_path / "r.docx", "Bernadette met Mr Fotheringham.", "Rosie was seen.")).hits
    proposed = {hit.words: (hit.kind, hit.proposal) for hit in hits}
    assert proposed["Bernadette"] == ("name", "Mother")
    assert proposed["Mr Fotheringham"] == ("name", "Father")
    assert proposed["Rosie"] == ("name", "Child Z")


def test_a_name_that_is_a_hit_with_its_title_is_not_told_again_as_a_part_of_the_file(ran, tmp_path):
    hits = check_report(ran, report_with(tmp_path / "r.docx", "Nobody rang Mr Fotheringham.")).hits
    assert [(hit.place, hit.words) for hit in hits] == [("paragraph 1", "Mr Fotheringham")]


def test_a_stranger_gets_a_new_role_word_that_nobody_in_the_draft_has(ran, tmp_path):
    hits = check_report(ran, report_with(tmp_path / "r.docx", "The Panel spoke with Dr Hephzibah Underwood and PC Macalister.")).hits
    proposals = {hit.words: hit.proposal for hit in hits if hit.kind == "stranger"}
    assert set(proposals) == {"Dr Hephzibah Underwood", "PC Macalister"}
    key = (ran.output / "restricted" / "key.json").read_text("utf-8")
    assert all(proposal and f'"{proposal}"' not in key for proposal in proposals.values())
    assert proposals["PC Macalister"].startswith("Police Officer ")


def test_dates_addresses_and_numbers_get_the_words_of_the_draft(ran, tmp_path):
    said = "On 14 March 2019 she moved to 14 Larchfield Road. She rang from 07797 555123."
    proposed = {hit.words: hit.proposal for hit in check_report(ran, report_with(tmp_path / "r.docx", said)).hits}
    assert any("March 2019" in proposal and "14" not in proposal for words, proposal in proposed.items() if "14 March" in words)
    assert "[telephone number]" in proposed.values()
    assert any("Larchfield" in words for words in proposed)


def test_a_fact_that_may_tell_who_is_meant_is_queued_and_one_that_the_draft_says_is_not(ran, tmp_path):
    hits = check_report(ran, report_with(tmp_path / "r.docx", "Mother is Polish and works as a beautician.")).hits
    assert {hit.kind for hit in hits} == {"passage"}


def test_the_draft_itself_holds_no_name_of_the_review(ran):
    hits = check_report(ran, ran.output / "anonymised" / "draft-summary.docx").hits
    assert [hit.kind for hit in hits if hit.kind in ("name", "identifier")] == []


def test_of_a_hundred_planted_identifiers_all_of_the_cast_and_nearly_all_others_are_listed(ran, tmp_path):
    cast = [(name, also) for _, name, also, *_ in checking.CAST]
    prose = checking.PROSE.splitlines()
    for seed in (11, 12):
        draw, report = random.Random(seed), Report()  # noqa: S311 - invented names, no secret
        planted = planting.plants(cast, seed)
        for at, plant in enumerate(planted):
            if at < len(prose):
                report.paragraph(prose[at])
            planting.put_in(report, plant, draw)
        checked = check_report(ran, report.write(tmp_path / f"{seed}.docx"))
        missed = [plant for plant in planted if not is_listed(plant, checked)]
        assert [plant for plant in missed if plant.whose == "cast"] == []
        assert len(missed) <= 5, missed
        said = ["".join(tokens(plant.words)) for plant in planted]
        false = [hit for hit in checked.hits if not any(w in of(hit) or of(hit) in w or w in address_of(hit) for w in said)]
        assert len(false) <= checked.pages, [(hit.place, hit.words) for hit in false]


def of(hit):
    return "".join(tokens(hit.words))


def address_of(hit):
    return "".join(tokens(hit.words.replace("%20", " ")))


def is_listed(plant, checked):
    """Whether a hit covers the plant in a passage that holds it."""
    said = "".join(tokens(plant.words))
    texts = {passage.id: "".join(tokens(passage.text)) for passage in checked.passages}
    return any((of(hit) in said or said in of(hit)) and said in texts.get(hit.passage, "") for hit in checked.hits if len(of(hit)) > 1)


def test_prose_of_an_author_has_at_most_one_false_hit_a_page(ran, tmp_path):
    checked = check_report(ran, report_with(tmp_path / "r.docx", *checking.PROSE.splitlines()))
    assert len(checked.hits) <= checked.pages, [(hit.place, hit.words) for hit in checked.hits]


def test_the_copy_holds_a_comment_at_every_place_and_the_words_of_the_report(review, tmp_path):
    report = Report().paragraph("It was ", "Berna", "dette who called. Then Bernadette left.").note("footnote", "Seen by Callum.")
    report.page("header", "About Rosie").text_box("Winifred Thackeray was here.")
    checked = check_and_write(review, report.write(tmp_path / "r.docx"))
    with zipfile.ZipFile(review.output / "review" / copy_name(checked.digest)) as package:
        body, comments = package.read("word/document.xml").decode(), package.read("word/comments.xml").decode()
    assert body.count("<w:commentReference") == body.count("<w:commentRangeStart") == comments.count("<w:comment ")
    assert body.index("commentRangeStart") < body.index("Berna")
    assert "It was " in body
    assert comments.count("Bernadette") == 2
    assert all(place in comments for place in ("footnote 1", "header 1", "text box in paragraph"))


def test_the_sheet_is_filled_read_back_into_the_log_and_holds_when_the_report_is_saved_again(review, tmp_path):
    report = report_with(tmp_path / "r.docx", "PC Macalister came.", "Bernadette left.")
    first = check_and_write(review, report)
    assert first.undecided == 2
    fill(review, {"PC Macalister": ("leave", "AB", "named in court"), "Bernadette": ("replace", "AB", "")})
    later = report_with(tmp_path / "r2.docx", "A new beginning.", "PC Macalister came again.", "Bernadette left.")
    second = check_and_write(review, later)
    assert (second.undecided, [hit.words for hit in second.to_mend]) == (0, ["Bernadette"])
    lines = (review.decisions_file).read_text("utf-8").splitlines()
    assert len([line for line in lines if '"report-hit"' in line]) == 2
    assert len(read_hit_decisions(review)) == 2
    check_and_write(review, later)
    assert (review.decisions_file).read_text("utf-8").splitlines() == lines


def test_a_decision_on_what_readers_see_does_not_hold_behind_the_pages(review, tmp_path):
    check_and_write(review, report_with(tmp_path / "r.docx", "PC Macalister came."))
    fill(review, {"PC Macalister": ("leave", "AB", "named in court")})
    checked = check_and_write(
        review, Report().paragraph("PC Macalister came.").note("comment", "PC Macalister came.").write(tmp_path / "r2.docx")
    )
    assert {hit.place: hit.decision is None for hit in checked.hits} == {"paragraph 1": False, "comment 1": True}


def test_a_decision_without_initials_does_not_count_and_what_was_typed_is_kept(review, tmp_path):
    report = report_with(tmp_path / "r.docx", "PC Macalister came.")
    check_and_write(review, report)
    fill(review, {"PC Macalister": ("leave", "", "a note of mine")})
    assert check_and_write(review, report).undecided == 1
    sheet = openpyxl.load_workbook(review.output / "review" / FILE)[HITS]
    assert any("a note of mine" in map(str, row) for row in sheet.iter_rows(values_only=True))


def test_a_decision_can_be_taken_back(review, tmp_path):
    report = report_with(tmp_path / "r.docx", "PC Macalister came.")
    check_and_write(review, report)
    fill(review, {"PC Macalister": ("leave", "AB", "")})
    assert check_and_write(review, report).undecided == 0
    fill(review, {"PC Macalister": ("undo", "CD", "")})
    assert check_and_write(review, report).undecided == 1


def test_a_sheet_that_cannot_be_read_is_kept_aside_and_told_of(review, tmp_path):
    report = report_with(tmp_path / "r.docx", "PC Macalister came.")
    (review.output / "review" / FILE).write_bytes(b"no workbook")
    checked = check_and_write(review, report)
    assert any("cannot be read" in note for note in checked.notes)
    kept = list((review.output / "review").glob("unreadable-*.xlsx"))
    assert [path.read_bytes() for path in kept] == [b"no workbook"]


def test_a_report_that_is_no_word_document_stops_the_check_before_anything_is_written(review, tmp_path):
    (tmp_path / "r.docx").write_bytes(b"%PDF-1.7 words")
    before = sorted(path.name for path in (review.output / "review").iterdir())
    with pytest.raises(ReportError, match="is a PDF"):
        check_and_write(review, tmp_path / "r.docx")
    assert sorted(path.name for path in (review.output / "review").iterdir()) == before


def test_files_of_the_program_and_pseudonyms_with_numbers_are_no_hits(ran, tmp_path):
    said = (
        "The words are in rules/cues/voice.toml and case.toml.",
        "Health Visitor 1 would drive past. Social Worker 1 was told by Mother.",
    )
    assert check_report(ran, report_with(tmp_path / "r.docx", *said)).hits == ()


def fill(review, decisions):
    path = review.output / "review" / FILE
    book = openpyxl.load_workbook(path)
    sheet = book[HITS]
    rows = list(sheet.iter_rows())
    heading = next(row for row in rows if any(cell.value == "Decision" for cell in row))
    at = {cell.value: cell.column - 1 for cell in heading}
    for row in rows:
        if (said := decisions.get(row[at["As it is written"]].value)) and row[at["No."]].value != "No.":
            row[at["Decision"]].value, row[at["Initials"]].value, row[at["Note"]].value = IN_WORDS[said[0]], said[1], said[2]
    book.save(path)


def test_a_report_of_another_review_is_refused_and_nothing_is_written(review, tmp_path):
    others = (
        ("P1", "Gwendolyn Ashworth", "", "", "Subject child", "subject", ""),
        ("P2", "Desmond Ashworth", "", "", "Father", "family", ""),
    )
    checking.make_review(review.folder.parent / "another", others)
    before = sorted(path.name for path in (review.output / "review").iterdir())
    with pytest.raises(ReportError) as refused:
        check_and_write(review, report_with(tmp_path / "r.docx", "Gwendolyn Ashworth lived with Desmond Ashworth."))
    assert "another review of this folder" in str(refused.value)
    assert "Ashworth" not in str(refused.value)
    assert "another/" not in str(refused.value)
    assert sorted(path.name for path in (review.output / "review").iterdir()) == before


def test_somebody_of_another_review_in_a_report_of_this_one_is_named_as_such(review, tmp_path):
    checking.make_review(review.folder.parent / "another", (("P1", "Gwendolyn Ashworth", "", "", "Subject child", "subject", ""),))
    hits = check_report(review, report_with(tmp_path / "r.docx", "Bernadette knew Gwendolyn Ashworth.")).hits
    assert found(hits)["paragraph 1", "Gwendolyn Ashworth"].kind == "other review"


def test_a_review_without_its_key_or_without_anybody_is_refused_and_nothing_is_written(review, tmp_path, monkeypatch):
    report = report_with(tmp_path / "r.docx", "Words.")
    (review.output / "restricted" / "key.json").write_text('{"people": []}', "utf-8")
    (review.folder / "people.csv").write_text("id,name,kind\n", "utf-8")
    with pytest.raises(CaseError, match="lists nobody"):
        check_and_write(review, report)
    (review.output / "restricted" / "key.json").unlink()
    with pytest.raises(CaseError, match="run the review first"):
        check_and_write(review, report)
    assert not (review.output / "review" / FILE).exists()


def test_a_switch_that_a_killed_run_left_is_completed_before_the_check_reads_what_is_known(review, tmp_path):
    restricted, switching = review.output / "restricted", review.output / ".switching"
    switching.mkdir()
    restricted.rename(switching / "restricted")
    journal = {"folders": {"restricted": (switching / "restricted").stat().st_ino}, "ours": [], "taken in": ""}
    (switching / "switch.json").write_text(json.dumps(journal))
    checked = check_and_write(review, report_with(tmp_path / "report.docx", "Rosalind Thackeray was seen."))
    assert checked.hits
    assert restricted.is_dir()
    assert not switching.exists()


def test_a_review_that_was_never_run_is_refused_and_gets_no_record(tmp_path):
    from pipelines.review import open_review

    folder = checking.make_review(tmp_path / "new")
    with pytest.raises(CaseError):
        check_and_write(open_review(folder), report_with(tmp_path / "r.docx", "Words."))
    assert not (folder / "record").exists()
    assert not (folder / "output").exists()


def test_names_in_markup_alone_are_found_in_the_part_that_holds_them(ran, tmp_path):
    report = Report().paragraph("Words.").part("word/theme/theme1.xml", '<theme name="Bernadette Thackeray"/>')
    hits = check_report(ran, report.write(tmp_path / "r.docx")).hits
    assert [hit.kind for hit in hits] == ["name"]
    assert hits[0].place.startswith("part ")


def test_messages_of_the_command_hold_counts_and_places_and_no_name(review, tmp_path, command):
    report = report_with(tmp_path / "r.docx", "Bernadette Thackeray and Dr Hephzibah Underwood.")
    ended = command("check", review.folder, report)
    assert ended.returncode == 1, ended.stderr
    assert "paragraph 1" in ended.stderr
    assert not any(word in ended.stderr + ended.stdout for word in ("Bernadette", "Thackeray", "Underwood", "Traceback"))
    assert command("check", review.folder, review.folder / "case.toml").returncode == 2
    assert command("check", review.folder, report_with(tmp_path / "calm.docx", "Nobody is named here.")).returncode == 0
