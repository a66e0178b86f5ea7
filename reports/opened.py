"""Each document is opened once more before it takes its place: one that cannot be opened never replaces an earlier one."""

import zipfile
from pathlib import Path

import docx
from docx.opc.exceptions import PackageNotFoundError

from timeline.errors import OutputError


def check_opens(path: Path) -> None:
    """Raises OutputError where a Word document, workbook or page that was just written is not whole."""
    try:
        if path.suffix == ".docx":
            docx.Document(str(path))
            whole = True
        elif path.suffix == ".html":
            whole = path.read_text("utf-8").rstrip().endswith("</html>")
        else:
            with zipfile.ZipFile(path) as package:
                whole = package.testzip() is None
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError):
        whole = False
    if not whole:
        raise OutputError(f"{path.parent.name}/{path.name} was not written whole: run again; the earlier documents are as they were")
