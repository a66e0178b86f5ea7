"""The command as different people of a board type it, each under an account of their own, at a terminal that asks for passphrases."""

import os
import select
import shlex
import sys
from dataclasses import dataclass

from tests.conftest import ROOT

PASSPHRASE = "four words of nobody"
ACCOUNTS = {"jo": 4001, "sam": 4002}  # board staff type under the account that the test runs as
_LONGEST_SECONDS = 600
_MOST_SAID = 2_000  # characters, from the end


@dataclass(frozen=True)
class Typed:
    """What a command said, and its exit status."""

    said: str
    status: int


def types(person, line):
    """Types a line of the guide at a terminal as this person. The account is the process's own (its real user id), as the system gives it.

    Needs the right to take another account. Files are reached with our own rights, as in a folder that both people may write to.
    """
    words = shlex.split(line)
    assert words[0] == "chronology"
    child, terminal = os.forkpty()
    if child == 0:
        os.chdir(ROOT)
        if person in ACCOUNTS:
            os.setresuid(ACCOUNTS[person], 0, 0)
        arguments = [sys.executable, "-m", "pipelines.cli", *words[1:]]
        os.execve(sys.executable, arguments, {**os.environ, "TERM": "dumb"})  # noqa: S606 - our own command
    said = _until_the_end(terminal)
    return Typed(said, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _until_the_end(terminal):
    said, answered = "", 0
    while True:
        ready, _, _ = select.select([terminal], [], [], _LONGEST_SECONDS)
        try:
            new = os.read(terminal, 65536) if ready else b""
        except OSError:  # how a terminal tells that its last program has ended
            new = b""
        if not new:
            os.close(terminal)
            return said[-_MOST_SAID:]
        said += new.decode("utf-8", "replace")
        asks = said.rstrip(" ").endswith(":")
        if (asked := said.count("passphrase")) > answered and asks:
            os.write(terminal, f"{PASSPHRASE}\n".encode())
            answered = asked
        elif asks and "password" in said.rsplit("\n", 1)[-1]:  # of an agency's file: nobody knows it
            os.write(terminal, b"\n")
