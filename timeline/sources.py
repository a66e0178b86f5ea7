"""Where everything comes from: an agency's file, and a place in it that a person can open."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that an agency dropped.

    `path` is relative to intake/ and may hold names, so only working documents show it; `label` (`police/2`: agency folder and
    number of the file in it, counted from 1 in name order) is what messages and logs say instead.
    """

    path: str
    sha256: str
    agency: str
    label: str
    format: str = ""


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A place in a file, in words that a person can follow: `table 2 row 5`, `sheet "2020" row 14`, `paragraph 31`.

    `position` is the place's rank in its file (1 is first), so that rows of one day keep the order in which they were written.
    """

    file: SourceFile
    where: str
    position: int

    def __post_init__(self) -> None:
        if not self.where or self.position < 1:
            raise ValueError("a place says where, counted from 1")
