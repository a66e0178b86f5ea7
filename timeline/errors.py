"""What can go wrong that a person can mend, said in one line: what, where, what to do.

A message names a file by agency folder and number (`police/2`), a sheet or table by its position, a review by its
reference, and never holds a name or text of a chronology: messages end up in logs.
"""

from pathlib import Path


class ChronologyError(Exception):
    """Base of every error that a person can mend; anything else is a bug and keeps its traceback."""

    code = "error"


class CaseError(ChronologyError):
    """The review is not set up rightly: case.toml, people.csv or a rule names a key that is missing, unknown or wrong."""

    code = "case"


class FileError(ChronologyError):
    """One file of an agency cannot be read; the others go on."""

    code = "file"


class CountError(ChronologyError):
    """Rows seen are not events + unread + ignored: a row was lost, so the run stops."""

    code = "count"


class LeakError(ChronologyError):
    """A known name or identifier is in an anonymised file, so the new files are thrown away."""

    code = "leak"


class OutputError(ChronologyError):
    """The outputs cannot be written: a full disk, a read-only folder, another run on the same review."""

    code = "output"


class ReportError(ChronologyError):
    """The author's report cannot be taken as it is: no Word file, damaged, encrypted, with macros, or of another review."""

    code = "report"


def place_of(error: BaseException) -> str:
    """The kind of an error and where it was raised ("KeyError at cells:31"), for a parent process; its message may quote a chronology."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).stem}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"
