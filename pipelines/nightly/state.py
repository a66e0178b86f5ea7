"""The operator's state folder: Prefect's home and the authentication string of its server, this account's alone.

It is CHRONOLOGY_STATE, else `chronology` in XDG_STATE_HOME (XDG Base Directory Specification), which is ~/.local/state where it is not set.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.passwords import private_text
from pipelines.whole_files import write_new
from timeline.errors import OutputError

STATE, AUTH_FILE = "CHRONOLOGY_STATE", "prefect-auth"
_AUTH_BYTES = 32


def state_folder() -> Path:
    """The state folder, made 0700 where it is not there. OutputError where it cannot be, or others may enter it."""
    state_home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    folder = Path(os.environ.get(STATE) or Path(state_home) / "chronology")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        prefect_home(folder).mkdir(mode=0o700, exist_ok=True)
        about = folder.stat()
    except OSError as error:
        raise OutputError(f"the state folder cannot be made ({error.strerror}): name another in {STATE}") from None
    if about.st_mode & 0o077 or about.st_uid != os.geteuid():
        raise OutputError("the state folder can be entered by others: make it yours alone (chmod 700), then start again")
    return folder


def prefect_home(folder: Path) -> Path:
    """Prefect's home: its server's database lies there."""
    return folder / "prefect"


def auth_string(folder: Path) -> str:
    """What the server asks for, `chronology:` and 64 random digits; made when it is first asked for, 0600. CaseError where others can read it."""
    path = folder / AUTH_FILE
    try:
        if not path.exists():
            write_new(path, f"chronology:{secrets.token_hex(_AUTH_BYTES)}\n".encode())
    except OSError as error:
        raise OutputError(f"{AUTH_FILE} cannot be written to the state folder ({error.strerror}): name another in {STATE}") from None
    return private_text(path, f"{AUTH_FILE} in the state folder").strip()


@contextmanager
def served_once(folder: Path) -> Iterator[None]:
    """Holds the state folder for one `chronology serve`; OutputError where another has it."""
    number = os.open(folder / "lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(number, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(f"chronology serve is running already with this state folder: stop it, or name another in {STATE}") from None
        yield
