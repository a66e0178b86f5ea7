"""How `chronology serve` is called, and what it says where it cannot begin; without a server."""

import socket
import threading
from datetime import time
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.nightly import serve as serving
from pipelines.nightly.server import Server
from tests.pipelines.nightly.reviews import make
from timeline.errors import OutputError


@pytest.fixture
def asked(monkeypatch):
    """What `serve` is asked for, without serving."""
    asked = []
    monkeypatch.setattr(serving, "serve", asked.append)
    return asked


def test_the_night_begins_at_two_by_the_clock_of_the_first_review_that_can_be_read(tmp_path, asked):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "case.toml").write_text("[case")
    make(tmp_path / "b")
    assert main(["serve", str(tmp_path)]) == 0
    assert (asked[0].folder, asked[0].at, asked[0].zone.key, asked[0].port) == (tmp_path, time(2), "Europe/Jersey", 4200)


def test_without_a_review_it_goes_by_the_clock_of_the_united_kingdom(tmp_path, asked):
    assert main(["serve", str(tmp_path)]) == 0
    assert asked[0].zone.key == "Europe/London"


def test_the_operator_may_say_when_and_by_which_clock(tmp_path, asked):
    make(tmp_path / "b")
    assert main(["serve", str(tmp_path), "--at", "23:45", "--timezone", "Europe/Guernsey", "--port", "4444", "--poll"]) == 0
    assert (asked[0].at, asked[0].zone.key, asked[0].port, asked[0].polls) == (time(23, 45), "Europe/Guernsey", 4444, True)
    assert asked[0].quiet_seconds > 10


@pytest.mark.parametrize("at", ["24:00", "2", "two", "02:60"])
def test_a_time_that_is_none_is_refused(tmp_path, asked, at):
    with pytest.raises(SystemExit) as ended:
        main(["serve", str(tmp_path), "--at", at])
    assert (ended.value.code, asked) == (2, [])


@pytest.mark.parametrize("zone", ["Jersey", "Europe/St Helier", "../etc/passwd", "/etc/localtime"])
def test_a_clock_that_there_is_not_is_refused(tmp_path, asked, capsys, zone):
    assert main(["serve", str(tmp_path), "--timezone", zone]) == 2
    assert "Europe/Jersey" in capsys.readouterr().err
    assert asked == []


def test_a_folder_that_is_not_there_is_refused(tmp_path, asked):
    assert main(["serve", str(tmp_path / "none")]) == 2
    assert asked == []


def test_passwords_are_read_before_anything_begins_and_shown_nowhere(tmp_path, asked, capsys):
    passwords = tmp_path / "passwords"
    passwords.write_text("police = quaggamire\n")
    passwords.chmod(0o644)
    assert main(["serve", str(tmp_path), "--passwords", str(passwords)]) == 2
    passwords.chmod(0o600)
    assert main(["serve", str(tmp_path), "--passwords", str(passwords)]) == 0
    assert asked[0].passwords_file == passwords
    assert "quaggamire" not in capsys.readouterr().err + repr(asked)


def test_a_port_that_is_taken_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHRONOLOGY_STATE", str(tmp_path / "state"))
    for name in ("PREFECT_API_URL", "PREFECT_HOME", "CHRONOLOGY_REVIEWS", "PREFECT_API_AUTH_STRING", "PREFECT_SERVER_API_AUTH_STRING"):
        monkeypatch.setenv(name, "")  # so that all of it is taken back afterwards
    monkeypatch.setattr(serving.prefect_settings, "settle", lambda: None)
    monkeypatch.setattr(serving.prefect_settings, "settle_serving", lambda: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", str(tmp_path), "--port", str(port)]) == 2
    assert f"port {port} of this machine is taken" in capsys.readouterr().err


def test_a_server_that_ends_again_and_again_is_told(monkeypatch):
    server = Server(1, threading.Event())
    starts = []
    monkeypatch.setattr(server, "start", lambda: starts.append(1))
    for _ in range(3):
        server.start_again()
    with pytest.raises(OutputError, match="again and again"):
        server.start_again()
    assert len(starts) == 3


def test_nobody_waits_for_a_server_when_told_to_stop(monkeypatch):
    stopping = threading.Event()
    stopping.set()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(port, stopping)
    server.start()
    server.stop()
    assert not server.is_up()


def test_the_first_review_is_found_where_the_folder_is_named_by_a_link(tmp_path, asked):
    (tmp_path / "reviews").mkdir()
    make(tmp_path / "reviews" / "b")
    (tmp_path / "link").symlink_to(tmp_path / "reviews")
    assert main(["serve", str(tmp_path / "link")]) == 0
    assert asked[0].folder == Path(tmp_path / "reviews")


@pytest.mark.parametrize(("way", "told"), [("pool", "unset it here"), ("dask", "CHRONOLOGY_DASK is missing")])
def test_a_serve_that_would_replace_a_pool_or_could_not_run_the_night_says_so_before_it_begins(tmp_path, monkeypatch, capsys, way, told):
    monkeypatch.setenv("CHRONOLOGY_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("CHRONOLOGY_SPREAD", way)
    monkeypatch.delenv("CHRONOLOGY_DASK", raising=False)
    assert main(["serve", str(tmp_path)]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "state").exists()
