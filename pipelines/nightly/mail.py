"""The e-mail of the morning: how many reviews stand how, in counts and without a name, where that has changed since the last one."""

import hashlib
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from pipelines.nightly.mail_settings import MailSettings
from pipelines.nightly.status import MISSING, AgencyReturn, ReviewStatus
from pipelines.nightly.telling import row_of, summary_of, to_do
from pipelines.outcome import Outcome
from pipelines.whole_files import write_whole
from reports.wording import counted
from timeline.errors import CaseError, OutputError

_SECONDS = 30.0  # for each answer of the mail server
_SENT = ".mailed-"


def mail_if_changed(folder: Path, found: Sequence[ReviewStatus], settings: MailSettings) -> bool:
    """Sends how the reviews stand, where that is not what was sent last with these settings; gives whether anything was sent.

    A hash of what was sent stays in the folder of reviews. OutputError where the server cannot be reached or will not have it.
    """
    text = "\n".join(text_of(found, references=settings.references))
    told = hashlib.sha256(text.encode()).hexdigest()
    kept = folder / f"{_SENT}{hashlib.sha256(repr((settings.host, settings.sender, settings.to)).encode()).hexdigest()[:8]}"
    if not settings.when_unchanged and _read(kept) == told:
        return False
    _send(_message(summary_of(found), text, settings), settings)
    try:
        write_whole(kept, f"{told}\n".encode())
    except OSError as error:
        raise OutputError(
            f"the e-mail was sent, and the folder of reviews cannot be written to ({error.strerror}): the same is sent again"
        ) from None
    return True


def text_of(found: Sequence[ReviewStatus], *, references: bool) -> Iterator[str]:
    """What is told: counts over all reviews, and for each review by its reference where that is allowed. No day and no time, which always change."""
    yield f"{summary_of(found)}."
    yield ""
    yield from (f"- {each}" for each in _in_counts(found))
    if references:
        for each in found:
            if not each.closed_on and each.level:
                counts = _in_counts([each])
                stands = row_of(each).stands if each.runs else "could not be read"
                yield f"\n{each.reference or f'review {each.number} in order of name'}: {stands}"
                yield from (f"- {count}" for count in counts)
    yield "\nchronology status tells more, on the machine where the reviews lie."


def _in_counts(found: Sequence[ReviewStatus]) -> list[str]:
    opened = [each for each in found if not each.closed_on]
    agencies = [agency for each in opened for agency in each.agencies]
    missing = [each for each in agencies if each.state == MISSING]
    damaged = sum(bool(each.problem) for each in opened)
    lines = [f"{counted(damaged, 'review')} that could not be read"] if damaged else []
    if missing:
        lines.append(f"{counted(len(missing), 'agency', 'agencies')} missing, {sum(map(_is_overdue, agencies))} overdue")
    return [*lines, *to_do(_together([each.runs.told for each in opened if each.runs and each.runs.told]))]


def _is_overdue(agency: AgencyReturn) -> bool:
    return agency.waits and agency.days_left is not None


def _together(told: Sequence[Outcome]) -> Outcome | None:
    """What several reviews wait for, as if they were one."""
    if not told:
        return None
    board = replace(
        told[0].board,
        waiting=sum(each.board.waiting for each in told),
        conflicts=sum(each.board.conflicts for each in told),
        notes=tuple(note for each in told for note in each.board.notes),
    )
    returns = tuple(each for one in told for each in one.returns)
    return replace(told[0], reference="", returns=returns, to_check=sum(each.to_check for each in told), board=board)


def _message(summary: str, text: str, settings: MailSettings) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = f"Chronologies: {summary}"
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.to)
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=settings.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notice answers it
    message.set_content(f"{text}\n")
    return message


def _send(message: EmailMessage, settings: MailSettings) -> None:
    trusted = _trusted(settings)
    try:
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=_SECONDS, context=trusted)
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=_SECONDS)
        with server:
            if settings.security == "starttls":
                server.starttls(context=trusted)
            if settings.user:
                server.login(settings.user, settings.password)
            refused = server.send_message(message)
    except OSError as error:  # smtplib's errors are some; what a server says may hold addresses and is not told
        code = getattr(error, "smtp_code", None)
        said = f"{type(error).__name__}{f', {code}' if code else ''}"
        raise OutputError(
            f"the e-mail could not be sent ({said}): look at host, port, security, user and password of its settings"
        ) from None
    if refused:
        raise OutputError(f"the mail server took the e-mail for some and refused {len(refused)} of the addresses in `to`")


def _trusted(settings: MailSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except OSError:
        raise CaseError("the settings of e-mail: ca_file cannot be read as certificates (PEM)") from None


def _read(kept: Path) -> str:
    try:
        return kept.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
