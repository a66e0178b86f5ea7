"""What a board can publish of a review."""

from timeline.errors import CaseError

KINDS = ("overview", "learning", "rapid")


def must_be_a_kind(kind: str) -> None:
    """CaseError for a kind that is given and is none."""
    if kind and kind not in KINDS:
        raise CaseError(f"--kind: “{kind}” is unknown; allowed are {', '.join(KINDS)}")
