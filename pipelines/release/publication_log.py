"""What the board decided about publishing, and who has looked at the pictures, as lines of the review's log."""

from collections.abc import Sequence

from pipelines.accounts import this_account
from pipelines.decisions import add_records, read_records
from pipelines.release.gate import LOOKED_AT, Decided
from pipelines.review import Review
from timeline.authored_content import Picture

DECIDED = "publication"


def record_decision(review: Review, kind: str, digest: str, decided: Decided) -> None:
    """Writes the board's decision into the log, once."""
    record = {
        "about": DECIDED,
        "by": str(this_account()),
        "why": decided.why.strip(),
        "decision": decided.decision,
        "kind": kind,
        "document": digest,
        "despite_risk": decided.despite_risk.strip(),
    }
    last = next(reversed(read_records(review.decisions_file, DECIDED)), {})
    if any(last.get(key) != value for key, value in record.items()):
        add_records(review.decisions_file, [record])


def record_looks(review: Review, pictures: Sequence[Picture]) -> None:
    """Writes into the log that this account's person has looked at these pictures, each known by its hash."""
    seen = {record.get("picture") for record in read_records(review.decisions_file, LOOKED_AT)}
    new = [each for each in dict.fromkeys(picture.digest for picture in pictures) if each not in seen]
    records = [{"about": LOOKED_AT, "by": str(this_account()), "why": "looked at before publication", "picture": each} for each in new]
    if records:
        add_records(review.decisions_file, records)
