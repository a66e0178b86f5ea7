"""What is kept of files and texts: sealed, named by nothing that tells, used only while all that it hangs on is the same."""

from dataclasses import replace

import pytest

from extractors import apart
from pipelines import reading
from pipelines.caches import FOLDER, caches_of
from pipelines.case_file import read_case
from pipelines.intake import intake
from pipelines.reading import extract
from pipelines.review import open_review
from pipelines.setting import set_up

SECRET = b"s" * 32


@pytest.fixture
def turn(tmp_path):
    """Gives the caches of one run after the other: what a run kept is what the next finds."""
    runs = []

    def next_run():
        runs.append(tmp_path / f"run {len(runs)}")
        before = runs[-2] if len(runs) > 1 else tmp_path / "nothing"
        return caches_of(before, runs[-1], SECRET)

    return next_run


def test_what_is_kept_comes_back_in_the_next_run_and_under_its_own_name_alone(turn):
    first = turn()
    name, other = first.name("extraction", "a", "b"), first.name("extraction", "ab", "")
    assert name != other
    first.keep(name, b"read")
    second = turn()
    assert (second.read(name), second.read(other)) == (b"read", None)


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: data[:40] + b"x" + data[41:], lambda _: b"", lambda data: data + b"x"]
)
def test_a_damaged_entry_counts_as_none(turn, damage):
    first = turn()
    name = first.name("a")
    first.keep(name, b"read of a file, long enough to be damaged in its middle")
    (path,) = first.new.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert turn().read(name) is None


def test_an_entry_under_anothers_name_and_one_of_another_secret_count_as_none(turn, tmp_path):
    first = turn()
    one, other = first.name("a"), first.name("b")
    first.keep(one, b"read")
    (first.new / one).rename(first.new / other)
    assert turn().read(other) is None
    first.keep(one, b"read")
    assert caches_of(tmp_path / "run 0", tmp_path / "x", b"t" * 32).read(one) is None


@pytest.fixture
def read_files(monkeypatch):
    """The labels of the files that were read, one after the other."""
    labels = []

    def read(path, source, *rest):
        labels.append(source.label)
        return apart.extract_apart(path, source, *rest)

    monkeypatch.setattr(reading, "extract_apart", read)
    return labels


def extracted(review, caches, passwords=()):
    opened = open_review(review)
    setting = set_up(opened)
    return [extract(setting, each, passwords, caches) for each in intake(opened, read_case(opened.case_file))]


def test_a_changed_file_is_read_again_alone_and_gives_what_it_gives_without_caches(tiny, turn, read_files):
    first = extracted(tiny, turn())
    assert extracted(tiny, turn()) == first
    assert sorted(read_files) == ["police/1", "school/1"]
    (table,) = (tiny / "intake" / "school").iterdir()
    table.write_bytes(table.read_bytes() + b"06/12/2022,Toby,Seen,None,Yes\n")
    del read_files[:]
    again = extracted(tiny, turn())
    assert read_files == ["school/1"]
    assert again == extracted(tiny, None)
    assert [each.seen for each in again] == [first[0].seen, first[1].seen + 1]


def test_an_agencys_own_headings_and_another_period_make_its_files_read_again(tiny, turn, read_files):
    extracted(tiny, turn())
    case = tiny / "case.toml"
    case.write_text(case.read_text("utf-8") + '[agency.headings]\n"Outcome" = "comment"\n', "utf-8")
    del read_files[:]
    extracted(tiny, turn())
    assert read_files == ["school/1"]
    case.write_text(case.read_text("utf-8").replace("2022-01-01", "2022-01-02"), "utf-8")
    del read_files[:]
    extracted(tiny, turn())
    assert sorted(read_files) == ["police/1", "school/1"]


def test_what_was_kept_of_a_file_that_is_gone_is_not_kept_on(tiny, turn):
    extracted(tiny, turn())
    next((tiny / "intake" / "school").iterdir()).unlink()
    caches = turn()
    extracted(tiny, caches)
    assert len(list(caches.new.iterdir())) == 1


def test_a_file_whose_reading_was_stopped_is_read_again_the_next_time(tiny, turn, monkeypatch):
    run = apart.ask_reader
    monkeypatch.setattr(apart, "ask_reader", lambda *_: (-9, b"", ""))
    stopped = extracted(tiny, turn())
    assert {each.status for each in stopped} == {"rejected"}
    assert all(map(apart.may_fare_better, stopped))
    monkeypatch.setattr(apart, "ask_reader", run)
    assert {each.status for each in extracted(tiny, turn())} == {"read"}


def test_a_file_that_its_reader_refuses_will_be_refused_again_and_is_kept_as_that(tiny, turn, read_files):
    (tiny / "intake" / "school" / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    first = extracted(tiny, turn())
    assert [apart.may_fare_better(each) for each in first] == [False] * 3
    del read_files[:]
    assert extracted(tiny, turn()) == first
    assert read_files == []


def test_no_name_stands_in_the_name_of_anything_that_is_kept(tiny, turn):
    caches = turn()
    extracted(tiny, caches)
    assert all(path.name.isalnum() and len(path.name) == 40 for path in caches.new.iterdir())
    assert caches.new.parts[-2:] == tuple(FOLDER.split("/"))


def test_an_entry_that_is_sealed_and_says_nothing_that_can_be_understood_is_made_anew(tiny, turn):
    opened = open_review(tiny)
    setting, dropped = set_up(opened), intake(opened, read_case(opened.case_file))[0]
    caches = turn()
    read = extract(setting, dropped, (), caches)
    (entry,) = caches.new.iterdir()
    caches.keep(entry.name, b'{"status": "read"}')
    assert extract(setting, dropped, (), turn()) == read


def test_a_file_that_changed_after_it_was_listed_is_not_answered_from_the_cache(tiny, turn):
    opened = open_review(tiny)
    setting, dropped = set_up(opened), intake(opened, read_case(opened.case_file))[0]
    extract(setting, dropped, (), turn())
    dropped.path.write_bytes(b"other")
    assert extract(setting, dropped, (), turn()).status == "rejected"
    moved = replace(dropped, source=replace(dropped.source, label="police/9"))
    assert extract(setting, moved, (), turn()).status == "rejected"
