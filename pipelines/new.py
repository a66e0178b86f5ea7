"""A new review: its folder, a commented case.toml, an empty cast list, an intake folder for each agency, and the blank template for agencies."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.case_file import JURISDICTIONS, KINDS, read_case
from pipelines.people_file import COLUMNS
from pipelines.rule_files import rule
from reports.blank_chronology import Request
from reports.blank_document import write_document
from reports.blank_workbook import write_workbook
from timeline.case import Agency
from timeline.errors import CaseError, OutputError

_CASE = """\
# The review, as board staff set it up. Lines that begin with # are remarks. docs/board.md tells what each key does.

[case]
reference = {reference}         # the board's own reference; it stands in messages, so it must name nobody
kind = {kind}                   # {kinds}
title = {title}
period_start = {start}          # the period under review, first day …
period_end = {end}              # … and last day, both included: CHANGE THEM
{jurisdiction}
# timezone = "Europe/Jersey"
# incident_on = 2031-05-17      # the dates of a rapid review
# notified_on = 2031-05-20
# referred_on = 2031-05-20

# Each agency that is asked: its name, its folder in intake/, and what other agencies call it.
{agencies}
# A board's own words for an agency's unusual headings, under that agency:
# headings = {{ "Details of episode" = "event" }}
# Files of an agency that were wrongly taken for a version or copy of another, to be read in full, under that agency:
# keep = ["Chronology child A.docx"]

# [findings]
# silence_days = 42             # no agency wrote anything for longer than this
# agency_silence_days = 90      # one agency wrote nothing for longer than this
# not_seen_days = 42            # the child or adult was seen in person by nobody for longer than this
# seen_alone_days = 84          # … was never seen alone for longer than this, where that is recorded
# voice_days = 90               # … was seen, and no row holds the person's own words, for longer than this
# no_action_days = 14           # a concern has no response in its row, nor in one of the agency within this
# recording_working_days = 5    # the entry was made more working days after the event than this

# What the author asks who knew and when, with the words that show it: sheet “Who knew what”. “*” stands for any ending, “…” for up to three words.
# [matters]
# "A new partner in the home" = ["new partner", "boyfriend", "staying … nights"]

# [timescales]
# profile = "england"           # another place's timescales, shown for comparison
# [timescales.numbers]
# protection-visit = "10 working days"    # the board's own numbers; rules/timescales.toml lists what can be timed

# [policy]
# name = "overview-report"      # how much the drafts hide: overview-report, rapid-review or learning-report

# [board]
# recipients = ["age1…", "ssh-ed25519 …"]    # whom the key and the archive are sealed for: public keys of two people at least
# retention_years = 25          # how long an archived review is kept
# templates = "our-templates"   # the folder of the board's own Word templates
"""


def make_review(
    folder: Path, *, kind: str, reference: str, title: str, jurisdiction: str | None, agencies: Sequence[str]
) -> tuple[str, ...]:
    """Makes the review and gives what was made, a line each.

    CaseError for a wrong kind, jurisdiction or agency; OutputError where there is a review already or the folder cannot be written.
    """
    if kind not in KINDS:
        raise CaseError(f"--kind: “{kind}” is unknown; allowed are {', '.join(KINDS)}")
    if jurisdiction is not None and jurisdiction not in JURISDICTIONS:
        raise CaseError(f"--jurisdiction: “{jurisdiction}” is unknown; allowed are {', '.join(JURISDICTIONS)}")
    listed = tuple(_agency(each) for each in agencies) or _usual(jurisdiction)
    if any((folder / name).exists() for name in ("case.toml", "people.csv", "people.xlsx", "intake")):
        raise OutputError("there is a review in this folder already: name another folder; nothing was changed")
    if len({agency.folder.casefold() for agency in listed}) != len(listed) or len({agency.name for agency in listed}) != len(listed):
        raise CaseError("--agency: each agency needs a name and a folder of its own")
    text = _case_text(kind, reference, title, jurisdiction, listed)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for agency in listed:
            (folder / "intake" / agency.folder).mkdir(parents=True, exist_ok=True)
        (folder / "people.csv").write_text(",".join(COLUMNS) + "\n", "utf-8")
        (folder / "for-agencies").mkdir(exist_ok=True)
        write_workbook(folder / "for-agencies" / "chronology-template.xlsx", Request(reference=reference))
        write_document(folder / "for-agencies" / "chronology-template.docx", Request(reference=reference))
        (folder / "case.toml").write_text(text, "utf-8")
    except OSError as error:
        raise OutputError(f"the review cannot be made ({error.strerror}): name a folder that this account may write to") from None
    read_case(folder / "case.toml")
    return tuple(_made(listed))


def _made(agencies: Sequence[Agency]) -> Iterator[str]:
    yield "case.toml: change the period under review and the agencies"
    yield "people.csv: list who is known already, one person a row"
    yield f"intake/: {', '.join(agency.folder for agency in agencies)}"
    yield "for-agencies/: the blank chronology template, to be sent to agencies"


def _agency(given: str) -> Agency:
    name, _, folder = given.rpartition("=")
    if not name.strip() or not re.fullmatch(r"[A-Za-z0-9][\w.-]*", folder):
        raise CaseError('--agency: write it as "Name=folder", the folder in letters, digits and hyphens')
    return Agency(name=name.strip(), folder=folder)


def _usual(jurisdiction: str | None) -> tuple[Agency, ...]:
    rules = rule("agencies")
    listed = rules.get(jurisdiction or "", rules["elsewhere"])
    return tuple(Agency(name=each["name"], folder=each["folder"], aliases=tuple(each["aliases"])) for each in listed)


def _case_text(kind: str, reference: str, title: str, jurisdiction: str | None, agencies: Sequence[Agency]) -> str:
    today = datetime.now(UTC).date()
    return _CASE.format(
        reference=_quoted(reference),
        kind=_quoted(kind),
        kinds=" | ".join(KINDS),
        title=_quoted(title or f"Review {reference}"),
        start=date(today.year - 2, 1, 1),
        end=today,
        jurisdiction=f"jurisdiction = {_quoted(jurisdiction)}"
        if jurisdiction
        else f'# jurisdiction = "jersey"   # {" | ".join(JURISDICTIONS)}',
        agencies="\n".join(
            f"[[agency]]\nname = {_quoted(agency.name)}\nfolder = {_quoted(agency.folder)}\naliases = [{', '.join(map(_quoted, agency.aliases))}]\n"
            for agency in agencies
        ),
    )


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
