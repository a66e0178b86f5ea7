"""What agencies drop, as it is met."""

import os
import threading
import time

import pytest

from pipelines.case_file import read_case
from pipelines.intake import NO_AGENCY, STILL_WRITTEN, intake
from pipelines.review import open_review


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
    assert (left.refused, left.status) == (STILL_WRITTEN, "ignored")


def test_a_name_that_is_no_text_is_still_met(tiny):
    path = os.fsencode(tiny / "intake" / "police") + b"/\xff\n-rf.csv"
    with open(path, "w") as file:  # noqa: PTH123 - bytes
        file.write("x")
    assert len([each for each in met(tiny) if each.source.label.startswith("police/")]) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_in_the_intake_blocks_nothing(tiny):
    os.mkfifo(tiny / "intake" / "police" / "pipe.docx")
    assert len(met(tiny)) == 3
