"""The whole way, real models included: from an intake folder to anonymised drafts."""

import json
import os
import shutil
import stat
from pathlib import Path

import openpyxl
import pytest

from anonymise.gate.leaks import Leak
from pipelines.beside import in_a_copy
from pipelines.cli import main
from tests.conftest import may
from timeline.beside import no_side

pytestmark = pytest.mark.models
CAST_NAMES = ("Wrenfield", "Tobias", "Hannah", "Oldacre", "Marcus", "Nandakumar")


def load(review, name):
    return json.loads((review / "output" / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The tiny review after one run: its folder and the exit status."""
    from tests.conftest import TINY

    review = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("review") / "tiny"))
    return review, main(["run", str(review)])


def test_every_document_and_record_of_the_contract_is_there(run):
    review, status = run
    assert status in (0, 1)
    for name in (
        "working/timeline.json", "working/intake.json", "working/analysis.json", "working/findings.json",
        "working/timeline.xlsx", "working/timeline.docx", "anonymised/anonymised.json", "anonymised/draft-summary.docx",
        "anonymised/timeline.xlsx", "restricted/replacements.json", "restricted/key.json",
    ):  # fmt: skip
        assert (review / "output" / name).stat().st_size > 0


def test_every_row_is_an_event_unread_or_ignored(run):
    review, _ = run
    files = load(review, "working/intake.json")["files"]
    events = load(review, "working/timeline.json")["events"]
    for file in files:
        rows = file["rows"]
        assert rows["seen"] == rows["events"] + rows["unread"] + rows["ignored"]
        assert rows["events"] == sum(event["source"]["file"] == file["file"] for event in events)
    assert len(events) == 12


def test_no_cast_name_stands_in_any_anonymised_file(run):
    from anonymise.gate.parts import parts_of

    review, _ = run
    for path in (review / "output" / "anonymised").iterdir():
        text = " ".join(part.text for part in parts_of(path.name, path.read_bytes())).casefold()
        assert not [name for name in CAST_NAMES if name.casefold() in text]


def test_replacements_applied_give_the_anonymised_text(run):
    review, _ = run
    texts = {event["id"]: event["text"] for event in load(review, "working/timeline.json")["events"]}
    record = load(review, "restricted/replacements.json")
    for event in load(review, "anonymised/anonymised.json")["events"]:
        working = record["serials"][event["id"]]
        text = texts[working]
        made = [each for each in record["replacements"] if each["in"] == working]
        for each in sorted(made, key=lambda each: -each["start"]):
            assert text[each["start"] : each["end"]] == each["text"]
            text = text[: each["start"]] + each["replacement"] + text[each["end"] :]
        assert text == event["text"]


def test_working_ids_stay_in_the_working_and_restricted_folders(run):
    review, _ = run
    anonymised = (review / "output" / "anonymised" / "anonymised.json").read_text("utf-8")
    assert not [event["id"] for event in load(review, "working/timeline.json")["events"] if event["id"] in anonymised]


def test_only_the_owner_may_read_what_a_run_writes(run):
    review, _ = run
    for path in [*(review / "output").rglob("*"), *(review / "record").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.relative_to(review)


def test_a_second_run_on_the_same_input_writes_the_same_bytes(run):
    review, status = run
    output = review / "output"
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
    assert main(["run", str(review)]) == status
    assert {path: path.read_bytes() for path in output.rglob("*") if path.is_file()} == before
    assert not list(output.glob(".building-*"))


def test_deleted_and_hidden_words_are_listed_for_the_author_and_reach_no_anonymised_file(tiny):
    from anonymise.gate.parts import parts_of
    from tests.extractors.conftest import package_of
    from tests.extractors.test_marked import gone, ins, row_of
    from tests.extractors.test_word import HEADING, cell, run, table

    words = ("quagmire", "zeppelin", "ocarina", "marzipan", "gondola")
    event = cell(f"{run('Mother was ')}{gone(words[0])}{ins(run('calm '))}{run(words[1], '<w:vanish/>')}{run('at home')}")
    deleted = row_of("del", *(cell(gone(text)) for text in ("02/03/2022", f"Argued about {words[2]}", "None")))
    beside = f"<w:p>{gone(words[3])}</w:p><w:p><w:moveFrom>{run(words[4])}</w:moveFrom></w:p>"
    body = table(HEADING, cell("01/03/2022") + event + cell("None"), deleted) + beside
    (tiny / "intake" / "school" / "log.docx").write_bytes(package_of(body, {}))
    assert main(["run", str(tiny)]) in (0, 1)
    listed = load(tiny, "working/tracked-changes.json")["tracked_changes"]
    told = " ".join(each["words"] for each in listed)
    assert not [word for word in (*words, "calm") if word not in told]
    assert ("inserted", "calm") in [(each["kind"], each["words"]) for each in listed if each["event"]]
    anonymised = list((tiny / "output" / "anonymised").iterdir())
    texts = {path.name: "\n".join(part.text for part in parts_of(path.name, path.read_bytes())).casefold() for path in anonymised}
    assert "calm" in texts["anonymised.json"]
    assert not [(name, word) for name, text in texts.items() for word in words if word in text]


def test_the_intake_is_never_written_to(run):
    from tests.conftest import TINY

    review, _ = run
    given = {path.relative_to(TINY): path.read_bytes() for path in (TINY / "intake").rglob("*") if path.is_file()}
    assert {path.relative_to(review): path.read_bytes() for path in (review / "intake").rglob("*") if path.is_file()} == given


def test_the_whole_job_runs_with_every_outside_connection_refused(tiny, command):
    if not may("unshare", "--map-root-user", "--net", "true"):
        assert not os.environ.get("CI"), "CI must be able to cut the network"
        pytest.skip("this machine does not let us cut the network (unshare --net)")
    home = tiny.parent / "home"
    home.mkdir()
    done = command("run", tiny, before=("unshare", "--map-root-user", "--net"), HOME=str(home))
    assert done.returncode in (0, 1), done.stderr
    # a library that would call its maker begins by writing down who it is
    assert not [path.name for path in home.rglob("*") if path.is_file()]
    assert (tiny / "output" / "anonymised" / "draft-summary.docx").is_file()


def test_messages_hold_no_name_and_no_text_of_a_chronology(tiny, command):
    (tiny / "intake" / "school" / "oakfield chronology.csv").rename(tiny / "intake" / "school" / "Zebediah Quillfeather.csv")
    done = command("run", tiny)
    said = (done.stdout + done.stderr).casefold()
    assert not [word for word in ("zebediah", "quillfeather", *map(str.casefold, CAST_NAMES), "toby") if word in said]
    assert "school/1: read" in said


def test_a_corrected_row_keeps_its_id_and_an_added_one_gets_its_own(tiny):
    assert main(["run", str(tiny)]) in (0, 1)
    before = [event["id"] for event in load(tiny, "working/timeline.json")["events"]]
    (table,) = (tiny / "intake" / "school").iterdir()
    text = table.read_text("utf-8")
    last = text.rstrip("\n").rpartition("\n")[2]
    corrected = text.replace(last, last.rstrip() + " Corrected.") + last.replace(last.split(",")[0], "30/12/2022").replace("e", "x") + "\n"
    table.rename(table.with_name("corrected.csv"))
    table.with_name("corrected.csv").write_text(corrected, "utf-8")
    assert main(["run", str(tiny)]) in (0, 1)
    after = [event["id"] for event in load(tiny, "working/timeline.json")["events"]]
    assert set(before) < set(after)
    assert len(after) == len(before) + 1


def test_nothing_new_costs_nothing_and_something_new_is_run(run, capsys):
    review, _ = run
    assert main(["nightly", "--once", str(review.parent)]) == 0
    assert capsys.readouterr().err == ""
    people = review / "people.csv"
    people.write_text(people.read_text("utf-8").rstrip("\n") + "\nP9,Ottoline Marchbanks,,,Aunt,family,,\n", "utf-8")
    assert main(["nightly", "--once", str(review.parent)]) in (0, 1)
    assert "LR-TINY: recognise" in capsys.readouterr().err


def test_one_review_that_cannot_be_run_does_not_stop_the_others(tiny, capsys):
    broken = tiny.parent / "a-broken-one"
    broken.mkdir()
    (broken / "case.toml").write_text("[case", "utf-8")
    assert main(["nightly", "--once", str(tiny.parent)]) == 2
    assert (tiny / "output" / "working" / "timeline.json").is_file()
    assert "case.toml" in capsys.readouterr().err


def test_a_leak_that_stays_throws_the_new_drafts_away_and_keeps_the_earlier_ones(tiny, monkeypatch, capsys):
    from pipelines import steps

    assert main(["run", str(tiny)]) in (0, 1)
    draft = tiny / "output" / "anonymised" / "draft-summary.docx"
    before = draft.read_bytes()
    (tiny / "people.csv").write_text((tiny / "people.csv").read_text("utf-8").replace("Child T", "Child U"), "utf-8")
    write = steps.write_anonymised

    def leaky(staged, *given):
        write(staged, *given)
        (staged / "anonymised" / "note.txt").write_text("Seen with HANNAH WRENFIELD", "utf-8")

    monkeypatch.setattr(steps, "write_anonymised", leaky)
    capsys.readouterr()
    assert main(["run", str(tiny)]) == 2
    said = capsys.readouterr().err
    assert "thrown away" in said
    assert "wrenfield" not in said.casefold()
    assert draft.read_bytes() == before
    assert not (tiny / "output" / "anonymised" / "note.txt").exists()
    assert (tiny / "output" / "working" / "timeline.json").is_file()


def test_what_the_last_gate_found_stands_in_the_boards_workbook_as_the_new_draft_hides_it(tiny, monkeypatch):
    from pipelines import steps

    search, found = steps._written_and_searched, [Leak(file=1, part=1, kind="PLACE", person=None, form="Custody")]

    def finding_once(*given):
        return (*search(*given), *(found.pop() for _ in found[:]))

    monkeypatch.setattr(steps, "_written_and_searched", finding_once)
    monkeypatch.setattr("pipelines.beside._has_other_threads", lambda: False)  # so that the first workbook is written in a copy
    assert main(["run", str(tiny)]) in (0, 1)
    assert not found
    book = openpyxl.load_workbook(tiny / "output" / "review" / "anonymisation-review.xlsx", read_only=True)
    hidden = [str(value) for row in book["Replacements"].iter_rows(values_only=True) for value in row]
    assert "Custody" in hidden


def test_documents_are_written_and_searched_beside_the_steps_and_are_the_same_as_without(tiny, tmp_path, monkeypatch):
    secret = tiny / "record" / "secret"
    secret.parent.mkdir()
    secret.write_bytes(b"s" * 32)
    secret.chmod(0o600)
    alone = Path(shutil.copytree(tiny, tmp_path / "alone"))
    copies = []

    def counted(work):
        copies.append(work)
        return in_a_copy(work)

    monkeypatch.setattr("pipelines.beside._has_other_threads", lambda: False)
    monkeypatch.setattr("pipelines.runners.in_a_copy", counted)
    assert main(["run", str(tiny)]) in (0, 1)
    assert len(copies) == len(("candidates", "findings", "working documents", "the board's workbook", "drafts written", "drafts searched"))
    monkeypatch.setattr("pipelines.runners.in_a_copy", no_side)
    assert main(["run", str(alone)]) in (0, 1)
    made = {path.relative_to(tiny): path.read_bytes() for path in tiny.rglob("output/*/*") if path.is_file()}
    assert len(made) > len(copies)
    assert made == {path.relative_to(alone): path.read_bytes() for path in alone.rglob("output/*/*") if path.is_file()}
