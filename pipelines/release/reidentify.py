"""Names put back into a pseudonymised document, for who holds the key. The copy identifies people: it never lies where anonymised files do."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from extractors.report.package import open_report
from pipelines.accounts import this_account
from pipelines.decisions import add_records
from pipelines.release.asking import Ask
from pipelines.release.closing import closing_line
from pipelines.release.sealing import open_sealed
from pipelines.release.sign_off import digest_of
from pipelines.review import Review, open_review
from pipelines.whole_files import write_new
from timeline.errors import CaseError, OutputError

ABOUT = "reidentify"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_BREAKS = frozenset(f"{_W}{name}" for name in ("tab", "br", "cr", "sym", "noBreakHyphen"))
_PLAIN = (".txt", ".md", ".csv")
_NEVER_IN = ("published", "anonymised", "intake")


@dataclass(frozen=True, slots=True)
class Reidentified:
    """The copy with names, and how many pseudonyms were replaced in it."""

    path: Path
    replaced: int


def reidentify(key_holder: Path, document: Path, identity: Path | None, to: Path | None, ask: Ask) -> Reidentified:
    """Writes a copy of the document with names for pseudonyms, 0600. `key_holder` is a review's folder or a sealed key.

    A review's folder takes it under output/restricted/ where `to` names no file, and a line in its log. CaseError where there is no key, the
    identity does not open it, or the document is none that can be read; OutputError for a place where no names may lie.
    """
    review = open_review(key_holder) if key_holder.is_dir() else None
    names = _names(_key(review, key_holder, identity, ask))
    replace = _Replacing(names)
    data = _with_names(document, replace)
    path = _place(review, document, to)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_new(path, data)
    except FileExistsError:
        raise OutputError("there is a file in that place already: name another with --to; nothing was written") from None
    except OSError as error:
        raise OutputError(f"the copy with names cannot be written ({error.strerror}): name another place with --to") from None
    if review is not None:
        said = {"about": ABOUT, "by": str(this_account()), "why": "names put back into a copy", "document": digest_of(document)}
        add_records(review.decisions_file, [said])
    return Reidentified(path, replace.count)


class _Replacing:
    """Puts names for pseudonyms into texts, and counts."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.count = 0
        self._names = {_plain(pseudonym): name for pseudonym, name in names.items()}
        forms = sorted(names, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(_form, forms))})(?!\w)")

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where a pseudonym stands, from and to (exclusive), and whose it is; in order."""
        for found in self._pattern.finditer(text):
            self.count += 1
            yield found.start(), found.end(), self._names[_plain(found[0])]

    def text(self, given: str) -> str:
        """The text with names."""
        for start, end, name in reversed(list(self.spans(given))):
            given = given[:start] + name + given[end:]
        return given


def _form(pseudonym: str) -> str:
    """A pseudonym as authors write it: any blanks between its words, and none needed before its number."""
    words = [re.escape(word) for word in pseudonym.split()]
    joined = r"\s+".join(words)
    return re.sub(r"\\s\+(\d+)$", r"\\s*\1", joined)


def _plain(pseudonym: str) -> str:
    return "".join(pseudonym.split())


def _key(review: Review | None, key_holder: Path, identity: Path | None, ask: Ask) -> bytes:
    if review is None:
        return _opened(key_holder, identity, ask)
    plain = review.output / "restricted" / "key.json"
    if plain.is_file():
        return plain.read_bytes()
    sealed = sorted((review.record / "sealed").glob("key-*.json.age"), key=lambda path: path.stat().st_mtime)
    if not sealed:
        raise CaseError("this review has no key: run it first (chronology run), or name the sealed key in place of the review")
    return _opened(sealed[-1], identity, ask)


def _opened(sealed: Path, identity: Path | None, ask: Ask) -> bytes:
    if identity is None:
        raise CaseError("the key is sealed: name your private key with --identity")
    try:
        return open_sealed(sealed.read_bytes(), identity, ask)
    except OSError as error:
        raise CaseError(f"the sealed key cannot be read ({error.strerror}): name a review's folder or a sealed key") from None


def _names(key: bytes) -> Mapping[str, str]:
    """Pseudonym -> name, of everyone who has both."""
    try:
        people = json.loads(key)["people"]
        names = {str(each["pseudonym"]): str(each["name"]) for each in people if each["pseudonym"].strip() and each["name"].strip()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CaseError(
            "the file that was opened is no key of a review: name the sealed key, such as record/sealed/key-….json.age"
        ) from None
    if not names:
        raise CaseError("the key gives nobody a pseudonym: there is nothing to put back")
    return names


def _with_names(document: Path, replace: _Replacing) -> bytes:
    ending = document.suffix.lower()
    if ending == ".docx":
        return _word(document, replace)
    if ending not in (".json", *_PLAIN):
        raise CaseError(f"names are put back into .docx, .json, {', '.join(_PLAIN)}: save the document as one of them")
    try:
        text = document.read_text("utf-8")
        if ending in _PLAIN:
            return replace.text(text).encode()
        return (json.dumps(_json(json.loads(text), replace.text), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
    except OSError as error:
        raise CaseError(f"the document cannot be read ({error.strerror}): name the pseudonymised document") from None
    except ValueError:
        raise CaseError("the document cannot be read as what its name says: name the pseudonymised document, in UTF-8") from None


def _json(value: object, replaced: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return replaced(value)
    if isinstance(value, list):
        return [_json(each, replaced) for each in value]
    if isinstance(value, dict):
        return {name: _json(each, replaced) for name, each in value.items()}
    return value


def _word(document: Path, replace: _Replacing) -> bytes:
    package = open_report(document)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in package.parts.items():
            if _TEXTS.fullmatch(name):
                root = package.root(name)
                for paragraph in root.iter(f"{_W}p"):
                    _put_back(paragraph, replace)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            made.writestr(name, data)
    return written.getvalue()


def _put_back(paragraph: etree._Element, replace: _Replacing) -> None:
    """Replaces in one paragraph, also where a pseudonym runs over several runs: the name stands where the pseudonym begins."""
    texts, whole, starts = list[etree._Element](), "", list[int]()
    for each in paragraph.iter():
        if each is not paragraph and next(each.iterancestors(f"{_W}p"), None) is not paragraph:
            continue
        if each.tag == f"{_W}t":
            texts.append(each)
            starts.append(len(whole))
            whole += each.text or ""
        elif each.tag in _BREAKS:
            whole += "\n"
    for start, end, name in reversed(list(replace.spans(whole))):
        _replace(texts, starts, (start, end), name)


def _replace(texts: Sequence[etree._Element], starts: Sequence[int], span: tuple[int, int], name: str) -> None:
    put = name
    for text, begins in zip(texts, starts, strict=True):
        words = text.text or ""
        from_, to = max(span[0] - begins, 0), min(span[1] - begins, len(words))
        if from_ < to:
            text.text = words[:from_] + put + words[to:]
            text.set(_SPACE, "preserve")
            put = ""


def _place(review: Review | None, document: Path, to: Path | None) -> Path:
    if to is None:
        if review is None:
            raise CaseError("say where the copy with names is to lie: --to, in a folder of your own")
        if closing_line(review.decisions_file) is not None:
            raise CaseError(
                "this review is closed, and holds no plain key: say where the copy with names is to lie: --to, in a folder of your own"
            )
        to = review.output / "restricted" / f"{document.stem}-with-names{document.suffix}"
    to = to.absolute()
    if any(part in _NEVER_IN for part in (*to.resolve().parts, *to.parts)):
        raise OutputError("no names may lie in published/, anonymised/ or intake/: name another place with --to; nothing was written")
    return to
