"""What agencies drop, as it is met."""

import hashlib
import os
import threading
import time
from dataclasses import replace

import pytest

from extractors.extract import MAX_FILE_BYTES
from pipelines.case_file import read_case
from pipelines.intake import NO_AGENCY, STILL_WRITTEN, intake
from pipelines.news import inputs_digest
from pipelines.reading import extract, must_lose_nothing
from pipelines.review import open_review
from pipelines.setting import set_up
from timeline.errors import CaseError


def met(review):
    opened = open_review(review)
    return intake(opened, read_case(opened.case_file))


def test_files_are_numbered_in_each_agencys_folder_in_order_of_name(tiny):
    (tiny / "intake" / "police" / "A first.csv").write_text("x")
    (tiny / "intake" / "police" / "deeper").mkdir()
    (tiny / "intake" / "police" / "deeper" / "z.csv").write_text("x")
    labels = {each.source.label: each.source.path for each in met(tiny)}
    assert labels["police/1"] == "police/A first.csv"
    assert labels["police/3"] == "police/deeper/z.csv"


def test_a_file_without_an_agency_is_refused(tiny):
    (tiny / "intake" / "loose.csv").write_text("x")
    (tiny / "intake" / "nobody").mkdir()
    (tiny / "intake" / "nobody" / "x.csv").write_text("x")
    refused = {each.source.path: (each.refused, each.source.agency, each.source.label) for each in met(tiny) if each.refused}
    assert refused == {"loose.csv": (NO_AGENCY, "", "intake/1"), "nobody/x.csv": (NO_AGENCY, "", "unknown folder/1")}


def test_links_are_listed_and_never_followed(tiny, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text("Date,Event\n1/2/2022,secret\n")
    (tiny / "intake" / "police" / "folder link").symlink_to(outside)
    (tiny / "intake" / "police" / "file link.csv").symlink_to(outside / "secret.csv")
    paths = {each.source.path: each.source.sha256 for each in met(tiny)}
    assert paths["police/file link.csv"] == paths["police/folder link"] == ""
    assert not [path for path in paths if "secret" in path]


def test_a_file_that_somebody_is_copying_in_is_left_for_the_next_run(tiny):
    growing = tiny / "intake" / "school" / "growing.csv"
    done = threading.Event()

    def copy():
        with growing.open("w") as file:
            while not done.is_set():
                file.write("Date,Event\n")
                file.flush()
                time.sleep(0.05)

    copying = threading.Thread(target=copy)
    copying.start()
    try:
        time.sleep(0.2)
        (left,) = [each for each in met(tiny) if each.source.path == "school/growing.csv"]
    finally:
        done.set()
        copying.join()
    assert (left.refused, left.source.sha256) == (STILL_WRITTEN, "")


def test_a_file_that_was_left_for_the_next_run_is_new_to_it_even_if_it_grew_no_more(tiny):
    review = open_review(tiny)
    path = tiny / "intake" / "school" / "new.csv"
    path.write_text("Date,Event\n")
    dropped = met(tiny)
    moving = [
        replace(each, source=replace(each.source, sha256=""), refused=STILL_WRITTEN) if each.path == path else each for each in dropped
    ]
    assert inputs_digest(review, moving) != inputs_digest(review, dropped)


def test_a_file_that_is_still_being_written_needs_a_person_and_is_refused_where_the_last_run_read_it(tiny):
    setting, first = set_up(open_review(tiny)), met(tiny)[0]
    read = extract(setting, replace(first, source=replace(first.source, sha256=""), refused=STILL_WRITTEN))
    assert (read.status, read.reason) == ("rejected", STILL_WRITTEN)
    must_lose_nothing([read], {"another/file.csv"})
    with pytest.raises(CaseError, match=f"{first.source.label}: .*nothing was replaced") as raised:
        must_lose_nothing([read], {first.source.path})
    assert first.path.name not in str(raised.value)


def test_a_file_too_large_to_be_read_is_not_hashed(tiny):
    with (tiny / "intake" / "school" / "huge.csv").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    (huge,) = [each for each in met(tiny) if each.source.path == "school/huge.csv"]
    assert huge.source.sha256 == hashlib.sha256(b"").hexdigest()


def test_a_file_that_was_changed_while_it_was_read_is_rejected(tiny):
    review = open_review(tiny)
    setting = set_up(review)
    dropped = next(each for each in met(tiny) if not each.refused)
    assert extract(setting, dropped).status == "read"
    dropped.path.write_bytes(dropped.path.read_bytes() + b"\n")
    read = extract(setting, dropped)
    assert (read.status, read.entries) == ("rejected", ())
    assert "changed while it was read" in read.reason
    with pytest.raises(CaseError, match="nothing was replaced"):
        must_lose_nothing([read], {dropped.source.path})


def test_a_file_to_keep_that_is_not_there_is_an_error_that_names_no_file(tiny):
    case = replace(read_case(tiny / "case.toml"), agencies=())
    police = next(each for each in read_case(tiny / "case.toml").agencies if each.folder == "police")
    with pytest.raises(CaseError, match=r"name 1 of keep is no file in intake/police/") as raised:
        intake(open_review(tiny), replace(case, agencies=(replace(police, keep=("Renouf v1.docx",)),)))
    assert "Renouf" not in str(raised.value)


def test_a_name_that_is_no_text_is_still_met(tiny):
    path = os.fsencode(tiny / "intake" / "police") + b"/\xff\n-rf.csv"
    with open(path, "w") as file:  # noqa: PTH123 - bytes
        file.write("x")
    assert len([each for each in met(tiny) if each.source.label.startswith("police/")]) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_in_the_intake_blocks_nothing(tiny):
    os.mkfifo(tiny / "intake" / "police" / "pipe.docx")
    assert len(met(tiny)) == 3
