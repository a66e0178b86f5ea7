"""`chronology publish`: the signed document built new into published/, once everything is decided, checked and signed; nothing before."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.report.content import content_of
from extractors.report.package import open_report
from pipelines.accounts import this_account
from pipelines.case_file import read_case
from pipelines.decisions import add_records, head, read_records
from pipelines.outputs import settle
from pipelines.release.built import must_not_leak, must_read_alike
from pipelines.release.check import check_package
from pipelines.release.closing import must_be_open
from pipelines.release.gate import Asked, Decided, Missing, missing, of_the_decision
from pipelines.release.kinds import must_be_a_kind
from pipelines.release.known import known_review
from pipelines.release.placing import FOLDER, built_beside, put_in_place, tidy
from pipelines.release.publication_log import record_decision, record_looks
from pipelines.release.sealing import write_sealed_key
from pipelines.release.sign_off import NEEDED, SignOff, sign_offs
from pipelines.review import Review
from pipelines.rule_files import rule
from reports.opened import check_opens
from reports.published.document import write_published
from timeline.errors import CaseError

PUBLISHED = "published"
MANIFEST = "manifest.json"
_FORM = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What came of it: the files that were published, or what is missing; `said` is what else a person should know."""

    files: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    said: tuple[str, ...] = ()


def publish(review: Review, report: Path | None, kind: str, decided: Decided, *, pictures_looked_at: bool = False) -> Publication:
    """Publishes the report, or tells everything that is missing. The decision for nothing, or for a learning report yet to come, is recorded.

    Raises ReportError for a report that is no plain Word document, LeakError where a known name is in what would be published, OutputError where
    it cannot be written; published/ is then as it was.
    """
    must_be_open(review)
    must_be_a_kind(kind)
    with review.alone():
        tidy(review.folder)
        settle(review.output)
        if decided.decision == "nothing" or (decided.decision == "learning-report" and (report is None or kind != "learning")):
            return _decided_alone(review, kind, decided)
        if report is None or not kind:
            raise CaseError(
                "a report is published from the document that was signed off: name it with --report, and what it is with --kind"
            )
        return _publish(review, report, kind, decided, pictures_looked_at=pictures_looked_at)


def _decided_alone(review: Review, kind: str, decided: Decided) -> Publication:
    """A decision by which nothing is published now."""
    lacking = tuple(of_the_decision(decided))
    if lacking:
        return Publication(missing=lacking)
    record_decision(review, kind, "", decided)
    said = ["the decision is recorded; nothing is published"]
    if decided.decision == "learning-report":
        said = ["the decision for a learning report is recorded; publish it with --report and --kind learning once it is signed off"]
    if (review.folder / FOLDER).exists():
        said.append("published/ still holds what was published before: take it down wherever it was put, then delete it")
    return Publication(said=tuple(said))


def _publish(review: Review, report: Path, kind: str, decided: Decided, *, pictures_looked_at: bool) -> Publication:
    package, known = open_report(report), known_review(review, kind)
    content, checked = content_of(package), check_package(review, package, known)
    if pictures_looked_at:
        record_looks(review, content.pictures)
    asked = Asked(review=review, kind=kind, decided=decided, checked=checked, content=content, known=known)
    if lacking := missing(asked):
        return Publication(missing=lacking)
    if (already := _published_already(review, checked.digest, kind)) is not None:
        return Publication(files=already, said=("these very bytes are published already: nothing was changed",))
    record_decision(review, kind, checked.digest, decided)
    return _built(asked)


def _built(asked: Asked) -> Publication:
    review, rules = asked.review, rule("publishing")[asked.kind]
    with built_beside(review.folder) as building:
        document = building / rules["file"]
        write_published(asked.content, asked.content.title or rules["title"], document)
        check_opens(document)
        must_read_alike(asked.content, document)
        write_sealed_key(review, read_case(review.case_file))
        (building / MANIFEST).write_text(_manifest(asked, [document]), "utf-8")
        must_not_leak(building, asked.known, asked.checked)
        digest = _sha256(building / MANIFEST)
        put_in_place(building, review.folder)
    record = {"about": PUBLISHED, "by": str(this_account()), "kind": asked.kind, "document": asked.checked.digest, "manifest": digest}
    add_records(review.decisions_file, [record])
    return Publication(files=(rules["file"], MANIFEST))


def _manifest(asked: Asked, documents: Sequence[Path]) -> str:
    """What was published: its files by their hashes, the signed document, who signed (by key; their names stand in the log) and the log's head."""
    signatures = sign_offs(asked.review, asked.checked.digest, asked.kind)
    if len(signatures) < NEEDED:
        raise CaseError("a sign-off was voided while the document was built; nothing was published: both people sign off again")
    record = {
        "form": _FORM,
        "kind": asked.kind,
        "files": [{"file": each.name, "sha256": _sha256(each)} for each in documents],
        "signed_document": asked.checked.digest,
        "signatures": [_signature(each) for each in signatures],
        "head": head(asked.review.decisions_file),
    }
    return json.dumps(record, indent=2, sort_keys=True) + "\n"


def _signature(each: SignOff) -> Mapping[str, object]:
    return {"key": each.fingerprint, "head": each.head, "at": each.at.isoformat(), "line": each.line}


def _published_already(review: Review, digest: str, kind: str) -> tuple[str, ...] | None:
    """The files in published/ where they are, unchanged, what comes of this document."""
    folder = review.folder / FOLDER
    try:
        record = json.loads((folder / MANIFEST).read_text("utf-8"))
        files = {str(each["file"]): str(each["sha256"]) for each in record["files"]}
        same = record["signed_document"] == digest and record["kind"] == kind and _log_has(review, folder / MANIFEST)
        whole = all(_sha256(folder / name) == sha256 for name, sha256 in files.items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (*files, MANIFEST) if same and whole else None


def _log_has(review: Review, manifest: Path) -> bool:
    return any(record.get("manifest") == _sha256(manifest) for record in read_records(review.decisions_file, PUBLISHED))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
