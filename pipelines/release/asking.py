"""What only a person at the terminal gives, a passphrase or a typed confirmation: kept nowhere, never an option, never in the environment."""

import getpass
import sys
from collections.abc import Callable

from timeline.errors import CaseError

type Ask = Callable[[str], str]
SHORTEST = 12  # characters of a passphrase: three random words and more


def ask_passphrase(what: str) -> str:
    """A passphrase as typed, not shown. CaseError where there is no terminal."""
    _must_be_a_terminal()
    return getpass.getpass(f"{what}: ", stream=sys.stderr)


def ask_line(what: str) -> str:
    """A line as typed, without blanks at its ends. CaseError where there is no terminal."""
    _must_be_a_terminal()
    print(f"{what}: ", end="", file=sys.stderr, flush=True)  # noqa: T201 - a question to a person
    return sys.stdin.readline().strip()


def new_passphrase(ask: Ask) -> str:
    """A passphrase typed twice alike; CaseError where it is short or the two differ."""
    first = ask(f"a new passphrase, {SHORTEST} characters or more")
    if len(first) < SHORTEST:
        raise CaseError(f"the passphrase is too short: take {SHORTEST} characters or more, such as four words that do not belong together")
    if ask("the same passphrase again") != first:
        raise CaseError("the two passphrases differ: nothing was made; try again")
    return first


def _must_be_a_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CaseError("this asks for something that a person types: run it at a terminal")
