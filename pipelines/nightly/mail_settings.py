"""The operator's settings of e-mail: which server, over TLS alone, from whom to whom, and how much is told."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.passwords import private_text
from timeline.errors import CaseError

_SECURITY = ("starttls", "tls")
_NEEDS = {"host": str, "port": int, "security": str, "from": str, "to": list}
_MAY = {"user": str, "password_file": str, "ca_file": str, "references": bool, "when_unchanged": bool}
_NAMES = {str: "text in quotes", int: "a whole number", list: "a list in brackets", bool: "true or false"}
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)
_WHERE = "the settings of e-mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """A mail server that is spoken to over TLS, from the start (`tls`) or by STARTTLS, and what it is given.

    `ca_file` holds the certificates that are trusted where the machine's own are not meant. `references` lets reviews be called by their
    reference; `when_unchanged` sends where nothing has changed since the last e-mail, too.
    """

    host: str
    port: int
    security: str
    sender: str
    to: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    references: bool = False
    when_unchanged: bool = False


def read_mail_settings(path: Path) -> MailSettings:
    """The settings of a file; CaseError names the key, what is wrong and what is allowed. Files are named from the folder of the settings."""
    given = _checked(_parsed(path))
    if given["security"] not in _SECURITY:
        raise CaseError(f"{_WHERE}: security must be starttls or tls; nothing is sent without")
    if not 0 < given["port"] < 65536:
        raise CaseError(f"{_WHERE}: port must be a number from 1 to 65535")
    if not re.fullmatch(r"[\w.:-]+", given["host"]):
        raise CaseError(f"{_WHERE}: host must be the name of a mail server")
    if not given["to"] or not all(isinstance(each, str) and _ADDRESS.fullmatch(each) for each in (given["from"], *given["to"])):
        raise CaseError(f'{_WHERE}: from must be an address, and to a list of them, such as ["reviews@board.example"]')
    if ("user" in given) != ("password_file" in given):
        raise CaseError(f"{_WHERE}: user and password_file go together")
    password = private_text(path.parent / given["password_file"], "the password file of e-mail").strip() if "password_file" in given else ""
    return MailSettings(
        host=given["host"],
        port=given["port"],
        security=given["security"],
        sender=given["from"],
        to=tuple(given["to"]),
        user=given.get("user", ""),
        password=password,
        ca_file=path.parent / given["ca_file"] if "ca_file" in given else None,
        references=given.get("references", False),
        when_unchanged=given.get("when_unchanged", False),
    )


def _parsed(path: Path) -> Mapping[str, Any]:
    try:
        given = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise CaseError(f"{_WHERE} cannot be read: name a TOML file of this account with a table [mail]") from None
    mail = given.get("mail")
    if set(given) != {"mail"} or not isinstance(mail, dict):
        raise CaseError(f"{_WHERE}: the file holds one table, [mail], and nothing else")
    return mail


def _checked(given: Mapping[str, Any]) -> Mapping[str, Any]:
    for key in _NEEDS:
        if key not in given:
            raise CaseError(f"{_WHERE}: {key} is missing; it is {_NAMES[_NEEDS[key]]}")
    for key, value in given.items():
        wanted = _NEEDS.get(key) or _MAY.get(key)
        if wanted is None:
            raise CaseError(f"{_WHERE}: a key is unknown; allowed are {', '.join((*_NEEDS, *_MAY))}")
        if type(value) is not wanted:
            raise CaseError(f"{_WHERE}: {key} must be {_NAMES[wanted]}")
    return given
