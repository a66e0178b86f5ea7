"""The page on the disk, whole or not at all, with the rights that an earlier one was given."""

import stat
from pathlib import Path

from pipelines.whole_files import write_whole
from timeline.errors import OutputError


def write_page(path: Path, html: str) -> None:
    """Writes the page over an earlier one, whose rights it keeps; a new one is this account's alone. OutputError where it cannot be written."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
        write_whole(path, html.encode(), mode)
    except OSError as error:
        raise OutputError(
            f"the page cannot be written ({error.strerror}): name a file in a folder that this account may write to"
        ) from None
