"""Authors of works that a report cites, in the forms of citing that nobody writes of a family: "Brandon et al. (2020)", "(Munro, 2011)"."""

import re
from collections.abc import Iterator

from anonymise.words.texts import Clean

_SURNAME = r"(?:(?:de|van|von|der|la|le|Mac|Mc|O')[ ]?)?[A-Z][\w'-]+"
_YEAR = r"(?:19|20)\d\d[a-z]?"
_SEVERAL = rf"{_SURNAME}(?:(?:, | and | & |, and ){_SURNAME}){{0,4}}"
_INITIALLED = rf"{_SURNAME},? (?:[A-Z]\.? ?){{1,3}}"
_CITED = re.compile(
    # Brandon et al. (2020); Sidebotham and colleagues (2016)
    rf"(?<!\w){_SEVERAL}(?=,? (?:et al\b|and colleagues\b)\.?,? \(?{_YEAR})"
    # (Munro, 2011); (Brandon et al., 2020); (see Reder and Duncan 1999; Munro 2011)
    rf"|(?<=\(){_SEVERAL}(?= ?(?:et al\.?)?,? {_YEAR}(?:[);,:]))"
    rf"|(?<=\(see ){_SEVERAL}(?= ?(?:et al\.?)?,? {_YEAR}(?:[);,:]))"
    rf"|(?<=; ){_SEVERAL}(?= ?(?:et al\.?)?,? {_YEAR}(?:[);]))"
)
# an entry of a list of references: "Brandon, M., Sidebotham, P. and Belderson, P. (2020) Complexity and challenge."
_ENTRY = re.compile(
    rf"(?:(?<=\n)|^)\W{{0,4}}(?:\d{{1,3}}[.)]? )?{_INITIALLED}(?:(?:, |,? and |,? & ){_INITIALLED}){{0,12}}"
    rf"(?:,? et al\.?)?,? ?\(?{_YEAR}\)?[ .,:][^\n]*"
)


def cited(text: Clean) -> Iterator[tuple[int, int]]:
    """Characters start to end of the names of cited authors, and of whole entries in lists of references, in the text as read."""
    for pattern in (_CITED, _ENTRY):
        for match in pattern.finditer(text.text):
            if match.end() > match.start():
                yield text.back(match.start(), match.end())
