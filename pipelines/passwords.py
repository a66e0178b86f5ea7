"""Passwords of agencies' files: given for one file, at the prompt or in a file that its owner alone can read; used once and kept nowhere."""

import getpass
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from timeline.errors import CaseError

_FORM = "each line names a file as messages do, then its password: hospital/3 = the password"


def read_passwords(path: Path) -> Mapping[str, str]:
    """Passwords by a file's label (`hospital/3`); CaseError where others may read the file, or a line is not of the form."""
    try:
        about = path.stat()
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise CaseError("the file of passwords cannot be read: name a text file of this account") from None
    if stat.S_IMODE(about.st_mode) & 0o077 or about.st_uid != os.geteuid():
        raise CaseError("the file of passwords can be read by others: make it yours alone (chmod 600), then run again")
    passwords = {}
    for number, line in enumerate(lines, start=1):
        label, equals, password = line.partition("=")
        if not line.strip():
            continue
        if not equals or not label.strip() or not password.strip():
            raise CaseError(f"the file of passwords, line {number}: {_FORM}")
        passwords[label.strip()] = password.strip()
    return passwords


def ask_password(label: str) -> str | None:
    """The password that a person gives for a file at the terminal; None where there is no terminal, or nothing is given."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return getpass.getpass(f"{label} has a password (Enter to leave the file out): ", stream=sys.stderr) or None
