"""What was built to be published, looked at once more before it takes its place: it reads like the signed document, and names nobody."""

from collections.abc import Sequence
from pathlib import Path

from anonymise.checking.known import KnownReview
from anonymise.gate.leak_forms import leak_forms
from anonymise.gate.leaks import leaks
from anonymise.recognising.names import Tokens, tokens
from anonymise.recognising.recognise import Recognition
from extractors.report.content import content_of
from extractors.report.package import open_report
from timeline.authored import Checked
from timeline.authored_content import ReportContent, all_blocks, words_of
from timeline.errors import LeakError, ReportError

_MOST_TOLD = 5
_PUBLISHED_BEHIND = ("picture description", "form field")  # what of it no reader of the pages sees comes along all the same


def must_read_alike(content: ReportContent, document: Path) -> None:
    """ReportError where a reader of the new document would not see the very words of the signed one."""
    signed, built = (_seen(each) for each in (content, content_of(open_report(document))))
    if signed != built:
        at = next(
            (n for n, (one, other) in enumerate(zip(signed, built, strict=False), start=1) if one != other),
            min(len(signed), len(built)) + 1,
        )
        raise ReportError(
            f"the new document would not read like the signed one from its block {at} on: nothing was published; please report this"
        )


def _seen(content: ReportContent) -> list[str]:
    return [" ".join(words.split()) for block in all_blocks(content) if (words := words_of(block)).strip()]


def must_not_leak(building: Path, known: KnownReview, checked: Checked) -> None:
    """LeakError where any part of any file that is to be published holds a known form, save what was decided to be left."""
    recognition = Recognition(people=known.people, mentions=(), forms=known.forms, things=known.things)
    forms = leak_forms(recognition, known.draft, known.policy, known.hiding.recognition)
    left = [
        tokens(hit.words)
        for hit in checked.hits
        if hit.kind != "passage" and (hit.visible or hit.what in _PUBLISHED_BEHIND) and hit.decision and hit.decision.verdict == "leave"
    ]
    found = [
        each for each in leaks(building, forms) if not known.let_go(each.kind, each.person, each.form) and not _within(each.form, left)
    ]
    if found:
        places = "; ".join(dict.fromkeys(str(each) for each in found[:_MOST_TOLD]))
        raise LeakError(
            f"{len(found)} known names or identifiers are in what would be published ({places}): nothing was published; chronology check lists "
            "them in the report; have them mended, and sign off the new document"
        )


def _within(form: str, left: Sequence[Tokens]) -> bool:
    """Whether a form is part of words that the board decided to leave."""
    words = tokens(form)
    return any(words == each[at : at + len(words)] for each in left for at in range(len(each) - len(words) + 1))
