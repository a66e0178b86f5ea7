"""Files that open with a password: told apart from damaged ones, and opened where the password was given for that file."""

import io
from typing import Any

from timeline.errors import FileError

NEEDED = "the file is password protected; give its password, or ask the agency for a copy without one"
WRONG = "the password given does not open the file; give the right one, or ask the agency for a copy without one"
_DAMAGED = "the file is encrypted and damaged; ask the agency to send it again"
# Excel encrypts with this one where a workbook is only locked against changes, and opens it without asking
_WITHOUT_ASKING = "VelvetSweatshop"


def decrypted(data: bytes, password: str | None, *, is_package: bool) -> bytes | None:
    """The bytes of a file of Office (.docx, .xlsx, .doc, .xls) that was encrypted, opened; None where it was not encrypted.

    Raises FileError where the password is needed or wrong. `is_package` says that the container holds nothing but an encrypted package.
    """
    import msoffcrypto  # type: ignore[import-untyped]  # only a child that meets such a container pays for it

    try:
        container = msoffcrypto.OfficeFile(io.BytesIO(data))
        is_encrypted = container.is_encrypted()
    except Exception as error:  # it fails in ways that it does not list
        if is_package:
            raise FileError(NEEDED if password is None else _DAMAGED) from error
        return None  # damaged, or of a kind that it does not know: the format's reader tells
    if not is_encrypted:
        return None
    for tried in (password, _WITHOUT_ASKING):
        opened = _opened(container, tried) if tried is not None else None
        if opened is not None:
            return opened
    raise FileError(NEEDED if password is None else WRONG)


def _opened(container: Any, password: str) -> bytes | None:
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError  # type: ignore[import-untyped]

    opened = io.BytesIO()
    is_package = container.format == "ooxml"  # alone tells whether a password is right before it is used
    try:
        container.load_key(password=password, **({"verify_password": True} if is_package else {}))
    except (InvalidKeyError, DecryptionError):
        return None
    except Exception as error:
        raise FileError(_DAMAGED) from error
    try:
        container.decrypt(opened)
    except Exception as error:
        if not is_package and isinstance(error, (InvalidKeyError, DecryptionError)):
            return None
        raise FileError(_DAMAGED) from error
    return opened.getvalue()
