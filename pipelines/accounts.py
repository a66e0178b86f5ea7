"""Which account of this machine is at work, as the operating system knows it: never by an option or the environment."""

import os
import pwd
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the machine. Two of one number are the same account, whatever they are called."""

    number: int
    name: str

    def __str__(self) -> str:
        """The number, then the name: `1001 jsmith`."""
        return f"{self.number} {self.name}".rstrip()


def this_account() -> Account:
    """The account that this process runs as."""
    return account_of(os.getuid())


def account_of(number: int) -> Account:
    """The account of this number; without a name where the machine knows none."""
    try:
        return Account(number, pwd.getpwuid(number).pw_name)
    except KeyError:
        return Account(number, "")
