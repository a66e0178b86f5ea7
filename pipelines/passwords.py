"""Passwords of agencies' files: given for a file or a folder, at the prompt or in a file that its owner alone can read; kept nowhere."""

import getpass
import os
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from timeline.errors import CaseError

_FORM = "each line names a file as messages do, or an agency's folder, then the password: hospital/3 = the password"


@dataclass(frozen=True, slots=True)
class Given:
    """A password that stands in the file of passwords: for the file of this label, or for every protected file of the folder named."""

    name: str
    password: str = field(repr=False)
    line: int


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords given, and how to `ask` a person for one of a file's label: None where nobody can be asked, empty where none is given.

    `must_all_be_known` says that each is meant for this one review, `asks` that somebody can be asked.
    """

    given: tuple[Given, ...] = ()
    ask: Callable[[str], str | None] = lambda _: None
    must_all_be_known: bool = True
    asks: bool = False

    def of(self, label: str) -> tuple[str, ...]:
        """The passwords to try on the file of this label, its own before those of its folder."""
        folder = label.rpartition("/")[0]
        return tuple(dict.fromkeys(each.password for name in (label, folder) for each in self.given if each.name == name))

    def lines_without(self, labels: Iterable[str]) -> tuple[int, ...]:
        """The lines of the file of passwords that name none of these files and none of their folders."""
        known = {name for label in labels for name in (label, label.rpartition("/")[0])}
        return tuple(each.line for each in self.given if each.name not in known)


NO_PASSWORDS = Passwords()


def read_passwords(path: Path) -> tuple[Given, ...]:
    """The passwords of a file, in its order; CaseError where others may read the file, or a line is not of the form."""
    passwords = []
    for number, line in enumerate(private_text(path, "the file of passwords").splitlines(), start=1):
        name, equals, password = line.partition("=")
        if not line.strip():
            continue
        if not equals or not name.strip() or not password.strip():
            raise CaseError(f"the file of passwords, line {number}: {_FORM}")
        passwords.append(Given(name.strip().rstrip("/"), password.strip(), number))
    return tuple(passwords)


def private_text(path: Path, what: str) -> str:
    """The text of a file that this account alone can read; CaseError, which calls it `what`, where others can, or it cannot be read."""
    try:
        about = path.stat()
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise CaseError(f"{what} cannot be read: name a text file (UTF-8) of this account") from None
    if stat.S_IMODE(about.st_mode) & 0o077 or about.st_uid != os.geteuid():
        raise CaseError(f"{what} can be read by others: make it yours alone (chmod 600), then run again")
    return text


def name_no_file(lines: Sequence[int]) -> str:
    """That these lines of the file of passwords name no file, and what to do."""
    named = ", ".join(map(str, lines))
    return f"the file of passwords, line {named}: no file and no folder of an agency is called so; {_FORM}"


def ask_password(label: str) -> str | None:
    """The password that a person gives for a file at the terminal, empty where none is given; None where there is no terminal."""
    if not somebody_is_there():
        return None
    return getpass.getpass(f"{label} has a password (Enter to leave the file out): ", stream=sys.stderr)


def somebody_is_there() -> bool:
    """Whether there is a terminal, and so somebody who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()
