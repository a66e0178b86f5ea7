"""case.toml -> Case: every key is known, or an error names it and what is allowed."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from timeline.case import Agency, Case
from timeline.errors import CaseError
from timeline.wording.lexicon import lexicon_of

KINDS = ("scr", "rapid-review", "sar", "lcspr", "cpr", "dhr", "learning-review")
JURISDICTIONS = ("jersey", "england", "wales", "scotland", "northern-ireland", "guernsey", "isle-of-man")
_CASE_NEEDS = {"reference": str, "kind": str, "title": str, "period_start": date, "period_end": date}
_CASE_MAY = {"jurisdiction": str, "timezone": str, "incident_on": date, "notified_on": date, "referred_on": date}
_AGENCY_NEEDS = {"name": str, "folder": str}
_AGENCY_MAY = {"aliases": list, "asked_on": date, "due_on": date, "headings": dict, "keep": list}
_LISTS = {"aliases": '["Police", "SoJP"]', "keep": '["Chronology v1.docx"]'}
_REFERRAL_MAY = {"multi_agency": str, "working_together": str, "lessons": str}
_FINDINGS_MAY = {
    "silence_days": int,
    "agency_silence_days": int,
    "not_seen_days": int,
    "seen_alone_days": int,
    "voice_days": int,
    "no_action_days": int,
    "recording_working_days": int,
}
_TIMESCALES_MAY = {"profile": str, "numbers": dict}
_POLICY_MAY = {"name": str}
_BOARD_MAY = {"recipients": list, "templates": str, "retention_years": int}
_LONGEST_YEARS = 150  # longer than anybody's life
_TABLES = ("case", "agency", "referral", "findings", "matters", "timescales", "policy", "board")
_NAMES = {str: "text in quotes", date: "a date such as 2019-01-31", int: "a whole number", list: "a list in brackets", dict: "a table"}


def read_case(path: Path) -> Case:
    """The case as board staff set it up; CaseError names the key, what is wrong and what is allowed."""
    given = _parsed(path)
    _known("case.toml", given, _TABLES)
    case = _checked("[case]", _table(given, "case", needed=True), _CASE_NEEDS, _CASE_MAY)
    _check_words(case, given)
    _one_of("[case] kind", case["kind"], KINDS)
    if "jurisdiction" in case:
        _one_of("[case] jurisdiction", case["jurisdiction"], JURISDICTIONS)
    if case["period_start"] > case["period_end"]:
        raise CaseError(
            "case.toml, [case]: period_end lies before period_start; the period runs from the first day to the last, both included"
        )
    findings = _checked("[findings]", _table(given, "findings"), {}, _FINDINGS_MAY)
    for key, days in findings.items():
        if days < 1:
            raise CaseError(f"case.toml, [findings]: {key} must be 1 day or more")
    timescales = _checked("[timescales]", _table(given, "timescales"), {}, _TIMESCALES_MAY)
    if "profile" in timescales:
        _one_of("[timescales] profile", timescales["profile"], JURISDICTIONS)
    policy = _checked("[policy]", _table(given, "policy"), {}, _POLICY_MAY)
    board = _checked("[board]", _table(given, "board"), {}, _BOARD_MAY)
    return Case(
        **case,
        agencies=_agencies(given.get("agency")),
        referral=_checked("[referral]", _table(given, "referral"), {}, _REFERRAL_MAY),
        **findings,
        matters=_matters(_table(given, "matters")),
        timescale_profile=timescales.get("profile", ""),
        timescale_numbers=timescales.get("numbers", {}),
        **({"policy": policy["name"]} if policy else {}),
        **_board(board),
    )


def _board(given: Mapping[str, Any]) -> dict[str, Any]:
    """The board's settings; whether each recipient is a key is asked where something is sealed."""
    recipients = _texts("[board]", "recipients", given.get("recipients", []), '["age1…", "ssh-ed25519 …"]')
    if not all(each.strip() and each.isprintable() for each in recipients):
        raise CaseError("case.toml, [board]: each of the recipients must be a public key on one line")
    years = given.get("retention_years")
    if years is not None and not 1 <= years <= _LONGEST_YEARS:
        raise CaseError(f"case.toml, [board]: retention_years must be a whole number from 1 to {_LONGEST_YEARS}")
    return {"templates": given.get("templates", ""), "recipients": tuple(each.strip() for each in recipients), "retention_years": years}


def _matters(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What is asked who knew, with the words that show it; an error calls a matter by its number, for names may stand in it."""
    for number, phrases in enumerate(given.values(), start=1):
        wrong = f'case.toml, [matters]: matter {number} must be a list of words that show it, such as ["burn*", "new partner"]'
        if not (isinstance(phrases, list) and phrases and all(isinstance(phrase, str) for phrase in phrases)):
            raise CaseError(wrong)
        try:
            lexicon_of({"": phrases})
        except ValueError:
            raise CaseError(f"{wrong}; each begins with a word") from None
    return {name: tuple(phrases) for name, phrases in given.items()}


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise CaseError(f"case.toml cannot be read ({error.strerror}): let this account read it") from None
    except RecursionError:
        raise CaseError("case.toml cannot be read as TOML: its brackets go too deep") from None
    except UnicodeDecodeError:
        raise CaseError("case.toml is not UTF-8 text: save it again as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise CaseError(f"case.toml cannot be read as TOML: look {_place(str(error))} for a missing quote, bracket or = sign") from None


def _check_words(case: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    for key in ("reference", "title"):
        if not case[key].strip() or not case[key].isprintable():
            raise CaseError(f"case.toml, [case]: {key} must be words on one line")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", _table(given, "policy").get("name", "overview-report")):
        raise CaseError("case.toml, [policy]: name must be the name of a policy, such as overview-report")


def _agencies(given: object) -> tuple[Agency, ...]:
    if not isinstance(given, list) or not given:
        raise CaseError("case.toml: no [[agency]] is listed; give each agency a [[agency]] with its name and folder")
    agencies = []
    for number, each in enumerate(given, start=1):
        where = f"[[agency]] number {number}"
        values = _checked(where, each, _AGENCY_NEEDS, _AGENCY_MAY)
        folder = values["folder"]
        if folder in (".", "..") or "/" in folder or "\\" in folder or not folder.strip():
            raise CaseError(f"case.toml, {where}: folder must be the plain name of a folder in intake/")
        if not values["name"].strip() or folder != folder.strip():
            raise CaseError(f"case.toml, {where}: name must be words, and folder must not begin or end with a blank")
        if not all(isinstance(meaning, str) for meaning in values.get("headings", {}).values()):
            raise CaseError(f'case.toml, {where}: headings must be texts, such as {{ "Details of episode" = "event" }}')
        lists = {key: _texts(where, key, values.get(key, []), example) for key, example in _LISTS.items()}
        agencies.append(Agency(**{**values, **lists}))
    for what in ("name", "folder"):
        values_of = [getattr(agency, what) for agency in agencies]
        if len(set(values_of)) != len(values_of):
            raise CaseError(f"case.toml: two agencies have the same {what}; each needs its own")
    return tuple(agencies)


def _texts(where: str, key: str, given: list[object], example: str) -> tuple[str, ...]:
    if not all(isinstance(each, str) for each in given):
        raise CaseError(f"case.toml, {where}: {key} must be a list of texts, such as {example}")
    return tuple(str(each) for each in given)


def _table(given: Mapping[str, Any], name: str, *, needed: bool = False) -> Mapping[str, Any]:
    table = given.get(name, None if needed else {})
    if not isinstance(table, dict):
        raise CaseError(f"case.toml: the table [{name}] is missing" if table is None else f"case.toml: [{name}] must be a table")
    return table


def _checked(where: str, given: object, needs: Mapping[str, type], may: Mapping[str, type]) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise CaseError(f"case.toml: {where} must be a table")
    _known(f"case.toml, {where}", given, (*needs, *may))
    for key in needs:
        if key not in given:
            raise CaseError(f"case.toml, {where}: {key} is missing; it is {_NAMES[needs[key]]}")
    for key, value in given.items():
        wanted = needs.get(key) or may[key]
        if not isinstance(value, wanted) or isinstance(value, (bool, datetime)):
            raise CaseError(f"case.toml, {where}: {key} must be {_NAMES[wanted]}")
    return dict(given)


def _known(where: str, given: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    for key in given:
        if key not in allowed:
            raise CaseError(f"{where}: the key “{key}” is unknown; allowed are {', '.join(allowed)}")


def _one_of(where: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise CaseError(f"case.toml, {where}: “{value}” is unknown; allowed are {', '.join(allowed)}")


def _place(said: str) -> str:
    """Where the parser stopped, without a quotation of the file."""
    found = re.search(r"at line \d+, column \d+|at end of document", said)
    return found[0] if found else "somewhere in it"
