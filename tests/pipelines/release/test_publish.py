"""The gate: nothing unsigned, undecided or unchecked is ever in published/, and every refusal says all that is missing and what mends it."""

import errno
import hashlib
import io
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from PIL import Image

from pipelines.decisions import head, log_lines, read_records
from pipelines.release import age, placing
from pipelines.release import publish as module
from pipelines.release.check import check_and_write
from pipelines.release.gate import Decided
from pipelines.release.people import register
from pipelines.release.publish import publish
from pipelines.release.verify import verify
from pipelines.review import open_review
from reports.checked.sheet import FILE, HITS, IN_WORDS
from tests.conftest import ROOT, TINY
from tests.pipelines.board import Filling
from tests.pipelines.release.signing import Board
from tests.word_files import p, picture, r, tbl, word
from timeline.authored import Hit, HitDecision
from timeline.errors import CaseError, LeakError, OutputError, ReportError

pytestmark = pytest.mark.models  # the review is a real run, and the last search is the real one
DECIDED = Decided(decision="publish", why="The panel agreed on 4 March.")
RECIPIENTS = [age.new_identity()[1] for _ in range(2)]


@pytest.fixture(scope="module")
def run_once(tmp_path_factory):
    """The tiny review after a run, its board having decided everything in it."""
    folder = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("reviews") / "tiny"))
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "run", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    state = folder / "output" / "review" / "review.json"
    told = json.loads(state.read_text("utf-8"))
    state.write_text(json.dumps({**told, "open": dict.fromkeys(told["open"], 0)}), "utf-8")
    with (folder / "case.toml").open("a", encoding="utf-8") as case:
        case.write(f"\n[board]\nrecipients = {json.dumps(RECIPIENTS)}\n")
    return folder


@pytest.fixture
def review(run_once, tmp_path):
    return open_review(Path(shutil.copytree(run_once, tmp_path / "review")))


@pytest.fixture
def board(monkeypatch, tmp_path, review):
    """Two members of the board, registered; and a check that finds nothing, save where a test says otherwise."""
    made = Board(monkeypatch, tmp_path / "people")
    for name in ("Jo", "Sam"):
        made.member(review, name)
    made.hits = ()
    really = module.check_package
    monkeypatch.setattr(module, "check_package", lambda *given: replace(really(*given), hits=made.hits))
    return made


def signed(board, review, path, data, kind="overview", by=("Jo", "Sam")):
    """A report that these people have signed off."""
    path.write_bytes(data)
    for name in by:
        board.signs(review, name, path, kind)
    return path


@pytest.fixture
def report(board, review, tmp_path):
    return signed(board, review, tmp_path / "report.docx", A_REPORT)


A_REPORT = word(
    p("Findings"), p("The child was seen in school and nobody asked why."), tbl(["Theme", "What was learnt"], ["Voice", "Ask the child."])
)


def hit(words, decision=None, kind="name"):
    made = HitDecision(thing="t", verdict=decision, by="AB") if decision else None
    return Hit(thing="t", passage="1", place="paragraph 2", what="text", visible=True, start=0, end=len(words), kind=kind, words=words,
               before="", after="", proposal="", why="", decision=made)  # fmt: skip


def told(publication):
    return "\n".join(map(str, publication.missing))


def published(review):
    folder = review.folder / "published"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_document_that_two_people_signed_is_published_new_with_a_manifest(review, report):
    done = publish(review, report, "overview", DECIDED)
    assert done.missing == ()
    assert published(review) == ["manifest.json", "overview-report.docx"]
    manifest = json.loads((review.folder / "published" / "manifest.json").read_text("utf-8"))
    document = (review.folder / "published" / "overview-report.docx").read_bytes()
    assert manifest["files"] == [{"file": "overview-report.docx", "sha256": hashlib.sha256(document).hexdigest()}]
    assert manifest["signed_document"] == hashlib.sha256(report.read_bytes()).hexdigest()
    assert len({each["key"] for each in manifest["signatures"]}) == 2
    assert manifest["head"] in {line.hash for line in log_lines(review.decisions_file)}
    assert [each.text for each in docx.Document(io.BytesIO(document)).paragraphs][:2] == [
        "Findings",
        "The child was seen in school and nobody asked why.",
    ]
    assert all(each.is_right for each in verify(review))


def test_nobody_who_signed_is_named_in_what_is_published(review, report):
    publish(review, report, "overview", DECIDED)
    told = (review.folder / "published" / "manifest.json").read_text("utf-8")
    assert not any(word in told for word in ("Jo", "Sam", "1001", "panel"))


def test_the_decision_its_reason_and_the_publication_stand_in_the_log(review, report):
    publish(review, report, "overview", DECIDED)
    record = read_records(review.decisions_file, "publication")[-1]
    assert (record["decision"], record["why"], record["kind"]) == ("publish", DECIDED.why, "overview")
    assert read_records(review.decisions_file, "published")[-1]["document"] == record["document"]


def test_the_key_is_sealed_for_the_board(review, report):
    publish(review, report, "overview", DECIDED)
    sealed = list((review.record / "sealed").iterdir())
    assert [age.is_age(each.read_bytes()) for each in sealed] == [True]


def test_publishing_twice_changes_nothing(review, report):
    publish(review, report, "overview", DECIDED)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (review.folder / "published").iterdir()}
    at = head(review.decisions_file)
    done = publish(review, report, "overview", DECIDED)
    assert done.missing == ()
    assert "already" in done.said[0]
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (review.folder / "published").iterdir()} == before
    assert head(review.decisions_file) == at


def test_what_is_not_as_it_was_published_is_built_anew(review, report):
    publish(review, report, "overview", DECIDED)
    document = review.folder / "published" / "overview-report.docx"
    right = document.read_bytes()
    document.write_bytes(b"something else")
    publish(review, report, "overview", DECIDED)
    assert document.read_bytes() == right


def test_another_document_takes_the_place_of_the_first_whole(review, report, board, tmp_path):
    publish(review, report, "overview", DECIDED)
    other = signed(board, review, tmp_path / "learning.docx", word(p("Learning")), "learning")
    publish(review, other, "learning", replace(DECIDED, decision="learning-report"))
    assert published(review) == ["learning-report.docx", "manifest.json"]


@pytest.mark.parametrize("by", [(), ("Jo",)])
def test_fewer_than_two_people_publish_nothing(review, board, tmp_path, by):
    one = signed(board, review, tmp_path / "a.docx", A_REPORT, by=by)
    done = publish(review, one, "overview", DECIDED)
    assert f"{len(by)} of 2 different people" in told(done)
    assert "chronology sign-off" in told(done)
    assert published(review) == []


def test_a_document_that_was_changed_after_it_was_signed_is_not_published(review, report):
    report.write_bytes(word(p("Findings, and a word more")))
    assert "0 of 2 different people" in told(publish(review, report, "overview", DECIDED))
    assert published(review) == []


def test_a_sign_off_of_another_kind_does_not_count(review, report):
    assert "0 of 2 different people" in told(publish(review, report, "learning", DECIDED))
    assert published(review) == []


def test_a_sign_off_that_was_copied_from_another_review_or_document_does_not_count(review, board, report, tmp_path):
    lines = [line.record for line in log_lines(review.decisions_file) if line.record["about"] == "sign-off"]
    other = tmp_path / "other.docx"
    other.write_bytes(word(p("Another report")))
    digest = hashlib.sha256(other.read_bytes()).hexdigest()
    from pipelines.decisions import add_records

    kept = ("before", "written", "account")
    for line in lines:  # replayed, and forged to name the other document
        plain = {key: value for key, value in line.items() if key not in kept}
        add_records(review.decisions_file, [plain, {**plain, "statement": {**plain["statement"], "document": digest}}])
    assert "0 of 2 different people" in told(publish(review, other, "overview", DECIDED))
    assert published(review) == []


def test_a_refusal_says_everything_that_is_missing_and_what_mends_each(review, board, tmp_path):
    state = review.output / "review" / "review.json"
    was = json.loads(state.read_text("utf-8"))
    state.write_text(json.dumps({**was, "open": {**was["open"], "people": 2, "passages": 5}}), "utf-8")
    (review.folder / "case.toml").write_text((review.folder / "case.toml").read_text("utf-8").split("[board]")[0], "utf-8")
    (review.folder / "intake" / "police" / "late.csv").write_text("Date,Event\n1/2/2019,x\n", "utf-8")
    board.hits = (hit("Sarah"), hit("Sarah", "replace"), hit("Judge", "leave"))
    path = tmp_path / "a.docx"
    path.write_bytes(word(p("a", r("hidden by colour", '<w:color w:val="FFFFFF"/>')), p(picture()), media={"rId9": ("a.png", png())}))
    said = told(publish(review, path, "overview", Decided()))
    for what, mend in [
        ("intake/ is not what the last run read", "chronology run"),
        ("7 rows of the review of the anonymisation are undecided", "anonymisation-review.xlsx"),
        ("1 hits of the check are undecided", "chronology check"),
        ("1 hits are decided to be replaced and still stand in the report (paragraph 2)", "the author mends them"),
        ("paragraph 1 holds words in the colour of the paper", "the author should"),
        ("nobody has looked at picture 1", "--pictures-looked-at"),
        ("decision is not given", "--decision"),
        ("the reason for the board's decision is not given", "--why"),
        ("0 of 2 different people", "chronology sign-off"),
        ("the key cannot be sealed", "two people"),
    ]:
        assert any(what in line and mend in line for line in said.splitlines()), (what, said)
    assert "Sarah" not in said
    assert published(review) == []
    assert read_records(review.decisions_file, "publication") == ()


def png(words=b""):
    held = io.BytesIO()
    Image.new("RGB", (20, 10), "green").save(held, "PNG")
    return held.getvalue() + words


def test_a_picture_is_published_once_somebody_has_looked_at_it_as_bare_pixels(review, board, tmp_path):
    data = word(p("x", picture(says="A chart of contacts")), media={"rId9": ("a.png", png(b"Marisol took this"))})
    path = signed(board, review, tmp_path / "a.docx", data)
    assert "picture 1" in told(publish(review, path, "overview", DECIDED))
    assert publish(review, path, "overview", DECIDED, pictures_looked_at=True).missing == ()
    assert b"Marisol" not in (review.folder / "published" / "overview-report.docx").read_bytes()
    assert len(read_records(review.decisions_file, "report-picture")) == 1


def test_a_picture_that_cannot_be_made_anew_is_told_before_anything_is_built(review, board, tmp_path):
    path = signed(board, review, tmp_path / "a.docx", word(p(picture()), media={"rId9": ("a.emf", b"EMF")}))
    assert "picture 1 of the report is no PNG" in told(publish(review, path, "overview", DECIDED, pictures_looked_at=True))


def test_a_known_name_that_the_check_let_pass_stops_it_at_the_last_search(review, board, tmp_path):
    path = signed(board, review, tmp_path / "a.docx", word(p(f"We spoke to {SUBJECT} at home.")))
    with pytest.raises(LeakError, match="nothing was published") as stopped:
        publish(review, path, "overview", DECIDED)
    assert SUBJECT not in str(stopped.value)
    assert published(review) == []
    assert not list(review.folder.glob(".publish*"))


@pytest.mark.parametrize("where", ["alt text", "table", "footnote", "list label", "title"])
def test_a_known_name_is_found_in_every_part_of_what_was_built(review, board, tmp_path, where):
    note = f'<w:footnote w:id="2">{p(SUBJECT)}</w:footnote>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{SUBJECT} %1"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    data = {
        "alt text": lambda: word(p("x", picture(says=f"A drawing by {SUBJECT}")), media={"rId9": ("a.png", png())}),
        "table": lambda: word(tbl(["a", SUBJECT])),
        "footnote": lambda: word(p("x", '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=note),
        "list label": lambda: word(p("x", more='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'), numbering=numbering),
        "title": lambda: word(
            p(SUBJECT, style="Title"), styles='<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
        ),
    }[where]()
    path = signed(board, review, tmp_path / "a.docx", data)
    with pytest.raises(LeakError):
        publish(review, path, "overview", DECIDED, pictures_looked_at=True)
    assert published(review) == []


def test_words_that_the_board_decided_to_leave_may_stay(review, board, tmp_path):
    path = signed(board, review, tmp_path / "a.docx", word(p(f"We spoke to {SUBJECT} at home.")))
    board.hits = (hit(SUBJECT, "leave"),)
    assert publish(review, path, "overview", DECIDED).missing == ()


def test_what_was_left_behind_the_pages_may_not_stand_in_them(review, board, tmp_path):
    path = signed(board, review, tmp_path / "a.docx", word(p(f"We spoke to {SUBJECT} at home.")))
    board.hits = (replace(hit(SUBJECT, "leave"), what="property", visible=False),)
    with pytest.raises(LeakError):
        publish(review, path, "overview", DECIDED)
    assert published(review) == []


def test_words_that_the_check_could_not_read_are_not_published(review, board, tmp_path):
    inner = word(f"<w:p>{r('x')}<w:p>{r('Zebedee Quatermass')}</w:p></w:p>")
    said = told(publish(review, signed(board, review, tmp_path / "a.docx", inner), "overview", DECIDED))
    assert "words that the check cannot read (paragraph 1 of what is shown)" in said
    assert "Quatermass" not in said
    assert published(review) == []


def test_a_published_folder_that_is_a_link_is_refused_and_what_it_leads_to_stays(review, report, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_text("kept")
    (review.folder / "published").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="is a link"):
        publish(review, report, "overview", DECIDED)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["kept"]


def test_a_sign_off_that_is_voided_while_the_document_is_built_stops_it(review, report, board, monkeypatch):
    really = module.write_published

    def meanwhile(*given):
        really(*given)
        board.person("Sam again")
        register(review, "Sam", board.public("Sam again"))

    monkeypatch.setattr(module, "write_published", meanwhile)
    with pytest.raises(CaseError, match="sign-off"):
        publish(review, report, "overview", DECIDED)
    assert published(review) == []


def test_deletions_comments_hidden_words_properties_and_headers_do_not_come_along(review, board, tmp_path):
    deleted = f'<w:del w:author="{SUBJECT}"><w:r><w:delText>{SUBJECT}</w:delText></w:r></w:del>'
    data = word(
        p("Seen.", deleted, '<w:r><w:commentReference w:id="1"/></w:r>', r(SUBJECT, "<w:vanish/>")),
        p(f'<w:hyperlink w:tooltip="{SUBJECT}">{r("guidance")}</w:hyperlink>'),
        comments=f'<w:comment w:id="1" w:author="{SUBJECT}">{p(SUBJECT)}</w:comment>',
        header=p(SUBJECT),
        core=f'<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>{SUBJECT}</dc:creator></cp:coreProperties>',
    )
    path = signed(board, review, tmp_path / "a.docx", data)
    assert publish(review, path, "overview", DECIDED).missing == ()
    opened = docx.Document(str(review.folder / "published" / "overview-report.docx"))
    assert [each.text for each in opened.paragraphs if each.text] == ["Seen.", "guidance"]


def test_the_timeline_row_by_row_is_never_published(review, board, tmp_path):
    rows = json.loads((review.output / "anonymised" / "anonymised.json").read_text("utf-8"))["events"]
    table = tbl(["Row", "What"], *([each["id"], "told in short"] for each in rows[:4]))
    for name, body in (("a", table), ("inner", f"<w:tbl><w:tr><w:tc>{table}<w:p/></w:tc></w:tr></w:tbl>")):
        path = signed(board, review, tmp_path / f"{name}.docx", word(p("x"), body))
        assert "(4 rows) is the timeline row by row" in told(publish(review, path, "overview", DECIDED))
    few = signed(board, review, tmp_path / "b.docx", word(tbl(["Row", "What"], *([each["id"], "told"] for each in rows[:2]))))
    assert publish(review, few, "overview", DECIDED).missing == ()


def test_a_high_risk_proposes_the_learning_report_and_asks_why_it_is_published_all_the_same(review, report):
    path = review.output / "restricted" / "anonymisation-risk.json"
    record = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**record, "document": {**record["document"], "risk": 0.9}}), "utf-8")
    said = told(publish(review, report, "overview", DECIDED))
    assert "0.90" in said
    assert "learning report" in said
    assert "--despite-risk" in said
    assert publish(review, report, "overview", replace(DECIDED, despite_risk="The family asked for it.")).missing == ()
    assert read_records(review.decisions_file, "publication")[-1]["despite_risk"] == "The family asked for it."


def test_a_switch_that_a_killed_run_left_is_completed_before_anything_is_published(review, report):
    restricted, switching = review.output / "restricted", review.output / ".switching"
    switching.mkdir()
    restricted.rename(switching / "restricted")
    journal = {"folders": {"restricted": (switching / "restricted").stat().st_ino}, "ours": [], "taken in": ""}
    (switching / "switch.json").write_text(json.dumps(journal))
    assert publish(review, report, "overview", DECIDED).missing == ()
    assert restricted.is_dir()
    assert not switching.exists()


def test_the_decision_for_nothing_is_recorded_and_publishes_nothing(review, report):
    done = publish(review, None, "", Decided(decision="nothing", why="The family would be recognised."))
    assert done.files == ()
    assert read_records(review.decisions_file, "publication")[-1]["decision"] == "nothing"
    assert published(review) == []
    assert "--why" in told(publish(review, None, "", Decided(decision="nothing")))


def test_the_decision_for_a_learning_report_instead_publishes_that_and_not_the_overview(review, board, report, tmp_path):
    instead = Decided(decision="learning-report", why="The family would be recognised.")
    assert publish(review, report, "overview", instead).files == ()
    assert published(review) == []
    learning = signed(board, review, tmp_path / "l.docx", word(p("Learning")), "learning")
    assert publish(review, learning, "learning", instead).files == ("learning-report.docx", "manifest.json")


def test_one_recipient_alone_is_refused_and_nothing_is_written(review, report):
    case = (review.folder / "case.toml").read_text("utf-8")
    (review.folder / "case.toml").write_text(case.replace(json.dumps(RECIPIENTS), json.dumps(RECIPIENTS[:1])), "utf-8")
    assert "recipients" in told(publish(review, report, "overview", DECIDED))
    assert published(review) == []
    assert not (review.record / "sealed").exists()


@pytest.mark.parametrize("step", ["write_published", "put_in_place"])
def test_a_full_disk_leaves_published_as_it_was(review, report, board, tmp_path, monkeypatch, step):
    publish(review, report, "overview", DECIDED)
    before = {path.name: path.read_bytes() for path in (review.folder / "published").iterdir()}
    other = signed(board, review, tmp_path / "b.docx", word(p("Another")))

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, step, full)
    with pytest.raises(OutputError, match="disk is full"):
        publish(review, other, "overview", DECIDED)
    assert {path.name: path.read_bytes() for path in (review.folder / "published").iterdir()} == before
    assert not list(review.folder.glob(".publish*"))


@pytest.mark.parametrize("step", ["must_read_alike", "must_not_leak", "put_in_place"])
def test_a_publication_that_is_stopped_leaves_published_as_it_was(review, report, board, tmp_path, monkeypatch, step):
    publish(review, report, "overview", DECIDED)
    before = {path.name: path.read_bytes() for path in (review.folder / "published").iterdir()}
    other = signed(board, review, tmp_path / "b.docx", word(p("Another")))

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, step, stopped)
    with pytest.raises(KeyboardInterrupt):
        publish(review, other, "overview", DECIDED)
    assert {path.name: path.read_bytes() for path in (review.folder / "published").iterdir()} == before
    assert not list(review.folder.glob(".publish*"))


@pytest.mark.parametrize("killed_at", ["before anything moved", "between the two moves"])
def test_a_killed_publication_leaves_all_or_nothing_and_the_next_one_tidies_up(review, report, board, tmp_path, killed_at):
    publish(review, report, "overview", DECIDED)
    right = (review.folder / "published" / "overview-report.docx").read_bytes()
    half = review.folder / ".publishing-x"
    half.mkdir()
    (half / "overview-report.docx").write_bytes(b"half")
    if killed_at == "between the two moves":
        (review.folder / "published").rename(review.folder / ".published-before")
    placing.tidy(review.folder)
    assert (review.folder / "published" / "overview-report.docx").read_bytes() == right
    assert sorted(path.name for path in review.folder.glob(".publish*")) == []
    other = signed(board, review, tmp_path / "b.docx", word(p("Another")))
    assert publish(review, other, "overview", DECIDED).missing == ()


@pytest.mark.parametrize("data", [b"%PDF-1.7 x", b"", b"PK\x03\x04 cut short"])
def test_what_is_no_word_document_is_refused(review, board, tmp_path, data):
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(ReportError):
        publish(review, path, "overview", DECIDED)
    assert published(review) == []


def test_an_unknown_kind_and_no_report_are_told(review, board, report):
    with pytest.raises(CaseError, match="allowed are overview, learning, rapid"):
        publish(review, report, "summary", DECIDED)
    with pytest.raises(CaseError, match="--report"):
        publish(review, None, "overview", DECIDED)


def by_hand(review, decision, by="AB"):
    """Board staff decide everything that the check found, in the workbook."""
    with Filling(review.output / "review" / FILE) as filling:
        columns, sheet = filling.columns(HITS), filling.book[HITS]
        for number in range(5, sheet.max_row + 1):
            sheet.cell(number, columns["Decision"]).value = decision
            sheet.cell(number, columns["Initials"]).value = by


def test_what_the_real_check_finds_keeps_the_report_from_being_published_until_it_is_decided_and_mended(review, tmp_path, monkeypatch):
    board = Board(monkeypatch, tmp_path / "people")
    for name in ("Jo", "Sam"):
        board.member(review, name)
    named = signed(board, review, tmp_path / "a.docx", word(p(f"We spoke to {SUBJECT} at home.")))
    assert "hits of the check are undecided" in told(publish(review, named, "overview", DECIDED))
    check_and_write(review, named)
    by_hand(review, IN_WORDS["replace"])
    assert "filled in and not yet read" in told(publish(review, named, "overview", DECIDED))
    check_and_write(review, named)
    assert "still stand in the report (paragraph 1)" in told(publish(review, named, "overview", DECIDED))
    mended = signed(board, review, tmp_path / "b.docx", word(p("We spoke to Child T at home.")))
    check_and_write(review, mended)
    assert publish(review, mended, "overview", DECIDED).missing == ()


def test_what_is_published_as_a_learning_report_is_checked_by_the_policy_of_learning_reports(review, tmp_path, monkeypatch):
    board = Board(monkeypatch, tmp_path / "people")
    for name in ("Jo", "Sam"):
        board.member(review, name)
    data = word(p("The visits of March 2022 were read one by one."))
    path = signed(board, review, tmp_path / "a.docx", data, "overview")
    assert check_and_write(review, path).hits == ()
    assert missing_for(review, path, "overview") == ()
    signed(board, review, tmp_path / "a.docx", data, "learning")
    assert "1 hits of the check are undecided" in told(publish(review, path, "learning", DECIDED))
    assert "chronology check … --kind learning" in told(publish(review, path, "learning", DECIDED))
    (dated,) = check_and_write(review, path, "learning").hits
    assert (dated.kind, dated.words) == ("date", "March 2022")
    by_hand(review, IN_WORDS["leave"])
    check_and_write(review, path, "learning")
    assert missing_for(review, path, "learning") == ()


def missing_for(review, path, kind):
    return publish(review, path, kind, DECIDED).missing


SUBJECT = next(line.split(",")[1] for line in (TINY / "people.csv").read_text("utf-8").splitlines() if ",subject," in line)
