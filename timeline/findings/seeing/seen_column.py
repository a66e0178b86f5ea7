"""What a column such as "Child seen Y/N" says: yes, no, alone, heard, or nothing."""

import re
from typing import Literal

_YES = re.compile(
    r"(?:y|yes|ye|yep|true|t|1|x|✓|✔|☑|both|all|seen|sighted|present|in person|face to face|f2f|asleep)\b|[✓✔☑]", re.IGNORECASE
)
_NO = re.compile(
    r"(?:n|no|not|none|false|f|0|nil|neither|nobody|unseen|dna|wnb|no access|unable|absent|declined|refused)\b|[✗✘☒-]\s*$", re.IGNORECASE
)
_NOT_SAID = re.compile(
    r"(?:n\s*/\s*a|na|n\.a\.?|not applicable|not known|not stated|not recorded|unknown|unclear|\?|tbc)\W*$", re.IGNORECASE
)
_HEARD = re.compile(
    r"\b(?:heard|virtual\w*|video|screen|camera|whatsapp|phone|telephone|tel|t/c|zoom|teams|facetime|skype|on line|online|by mother|by mum|via)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\b(?:alone|on (?:her|his|their) own|1:1|1-1|one[- ]to[- ]one|separately|privately)\b", re.IGNORECASE)
_NOT_ALONE = re.compile(r"\b(?:not|never|n't|un)\s*(?:\w+\s+){0,2}(?:alone|on (?:her|his|their) own)\b", re.IGNORECASE)


def column_says(heading: str, text: str) -> Literal["alone", "in person", "not seen", "heard"] | None:
    """`alone`, `in person`, `not seen` or `heard`, as the cell begins; None where it begins with none of them or is not applicable.

    Under a heading that asks for "alone" a yes is alone, and a no says nothing of being seen.
    """
    written = text.strip()
    if not written or _NOT_SAID.match(written):
        return None
    asks_alone = "alone" in heading.casefold() and "seen or" not in heading.casefold()
    if _NO.match(written):
        return "heard" if _HEARD.search(written) else None if asks_alone else "not seen"
    if not _YES.match(written):
        return None
    if _HEARD.search(written):
        return "heard"
    return "alone" if (asks_alone or _ALONE.search(written)) and not _NOT_ALONE.search(written) else "in person"
