"""The operator's state folder: where it lies, and who may look into it."""

import pytest

from pipelines.nightly.state import auth_string, prefect_home, served_once, state_folder
from timeline.errors import CaseError, OutputError


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.delenv("CHRONOLOGY_STATE", raising=False)
    return tmp_path


def mode(path):
    return oct(path.stat().st_mode & 0o777)


def test_it_lies_where_the_xdg_rules_say_and_elsewhere_where_the_operator_says(home, monkeypatch):
    assert state_folder() == home / ".local" / "state" / "chronology"
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "states"))
    assert state_folder() == home / "states" / "chronology"
    monkeypatch.setenv("CHRONOLOGY_STATE", str(home / "own"))
    assert state_folder() == home / "own"


def test_it_and_prefects_home_are_this_accounts_alone():
    folder = state_folder()
    assert (mode(folder), mode(prefect_home(folder))) == ("0o700", "0o700")


def test_one_that_others_may_enter_is_refused():
    state_folder().chmod(0o750)
    with pytest.raises(OutputError, match="chmod 700"):
        state_folder()


def test_the_authentication_string_is_long_random_and_this_accounts_alone(home, monkeypatch):
    folder = state_folder()
    made = auth_string(folder)
    name, _, secret = made.partition(":")
    assert (name, len(secret)) == ("chronology", 64)
    assert mode(folder / "prefect-auth") == "0o600"
    assert auth_string(folder) == made
    monkeypatch.setenv("CHRONOLOGY_STATE", str(home / "other"))
    assert auth_string(state_folder()) != made


def test_an_authentication_string_that_others_can_read_is_refused():
    folder = state_folder()
    auth_string(folder)
    (folder / "prefect-auth").chmod(0o640)
    with pytest.raises(CaseError, match="can be read by others"):
        auth_string(folder)


def test_one_state_folder_serves_once_at_a_time():
    folder = state_folder()
    with served_once(folder), pytest.raises(OutputError, match="running already"), served_once(folder):
        pass
    with served_once(folder):
        pass
