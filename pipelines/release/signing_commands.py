"""The commands of signing, sealing, closing and keeping, as `chronology` has them. What they work with is imported when one is called."""

import argparse
import sys
from pathlib import Path

from pipelines.release.kinds import KINDS

DONE, NEEDS_A_PERSON = 0, 1
type _Commands = argparse._SubParsersAction[argparse.ArgumentParser]
_KEY = "your private key; ~/.chronology/signing.key where it is not given"


def add_commands(commands: _Commands) -> None:
    """Adds the commands to the parser of `chronology`."""
    new_key = commands.add_parser("new-key", help="makes your key for signing off, under a passphrase, outside every review")
    new_key.add_argument("file", type=Path, nargs="?", help=_KEY)
    new_key.set_defaults(run=_new_key)
    new_identity = commands.add_parser(
        "new-identity", help="makes a private key that opens what is sealed; tells its public key for case.toml"
    )
    new_identity.add_argument("file", type=Path, help="the file to make, in a folder of your own")
    new_identity.set_defaults(run=_new_identity)
    register = commands.add_parser("register", help="registers a person's public key: that person may then sign off this review")
    register.add_argument("review", type=Path, help="the review's folder")
    register.add_argument("name", help="the person's name")
    register.add_argument("public", type=Path, help="the file ending in .public.key that the person made with new-key")
    register.set_defaults(run=_register)
    sign_off = commands.add_parser("sign-off", help="signs these very bytes off, under your account and with your key")
    sign_off.add_argument("review", type=Path, help="the review's folder")
    sign_off.add_argument("report", type=Path, help="the Word document that is to be published")
    sign_off.add_argument("--kind", required=True, help=", ".join(KINDS))
    sign_off.add_argument("--key", type=Path, help=_KEY)
    sign_off.set_defaults(run=_sign_off)
    _add_reidentify(commands)
    _add_keeping(commands)


def _add_reidentify(commands: _Commands) -> None:
    reidentify = commands.add_parser("reidentify", help="puts names back into a copy of a pseudonymised document, for who holds the key")
    reidentify.add_argument("key", type=Path, metavar="review", help="the review's folder, or a sealed key")
    reidentify.add_argument("document", type=Path, help="a .docx, .json, .txt, .md or .csv with pseudonyms")
    reidentify.add_argument("--identity", type=Path, help="your private key, where the key is sealed")
    reidentify.add_argument("--to", type=Path, help="where the copy with names is to lie; in output/restricted/ where it is not given")
    reidentify.set_defaults(run=_reidentify)


def _add_keeping(commands: _Commands) -> None:
    archive = commands.add_parser("archive", help="closes a review: all of it in one archive, sealed for the board's recipients")
    archive.add_argument("review", type=Path, help="the review's folder")
    archive.add_argument("--why", default="", help="a remark, kept in the log")
    archive.set_defaults(run=_archive)
    unpack = commands.add_parser("unpack", help="opens an archive into a new folder, and holds every file against its manifest")
    unpack.add_argument("archive", type=Path, help="the file ending in .tar.age")
    unpack.add_argument("folder", type=Path, help="the folder to make")
    unpack.add_argument("--identity", type=Path, required=True, help="your private key")
    unpack.set_defaults(run=_unpack)
    reopen = commands.add_parser("reopen", help="opens a closed review again")
    reopen.add_argument("review", type=Path, help="the review's folder")
    reopen.add_argument("--why", required=True, help="the reason, kept in the log")
    reopen.set_defaults(run=_reopen)
    retention = commands.add_parser(
        "retention",
        help="lists until when the archived reviews of a folder are kept",
        epilog="exit status: 0 none is due; 1 some are, or some cannot be read; 2 could not tell",
    )
    retention.add_argument("folder", type=Path, help="the folder of reviews")
    retention.add_argument("--destroy", action="store_true", help="destroys those that are due, each after its reference is typed")
    retention.add_argument("--key", type=Path, help=_KEY)
    retention.set_defaults(run=_retention)
    verify = commands.add_parser(
        "verify",
        help="says what of a review is unchanged since it was last signed",
        epilog="exit status: 0 all that was looked at is as it should be; 1 something is not; 2 could not tell",
    )
    verify.add_argument("review", type=Path, help="the review's folder")
    verify.set_defaults(run=_verify)


def _new_key(options: argparse.Namespace) -> int:
    from pipelines.release.asking import ask_passphrase
    from pipelines.release.keys import default_key, new_key, read_public_key

    public = new_key(options.file or default_key(), ask_passphrase)
    _say(f"the private key is made; keep it to yourself. To be registered, give this file to the board: {public.name}, beside it")
    _say(f"its fingerprint, to be told by voice: {_grouped(read_public_key(public).fingerprint)}")
    return DONE


def _new_identity(options: argparse.Namespace) -> int:
    from pipelines.release.asking import ask_passphrase
    from pipelines.release.sealing import new_identity

    _print(new_identity(options.file, ask_passphrase))
    _say(
        "the private key is made; keep it to yourself, with a copy in a safe place. The line above goes into case.toml, [board] recipients"
    )
    return DONE


def _register(options: argparse.Namespace) -> int:
    from pipelines.release.people import register
    from pipelines.review import open_review

    signer = register(open_review(options.review), options.name, options.public)
    _say(f"registered: the key made under account {signer.public.account}, fingerprint {_grouped(signer.public.fingerprint)}")
    _say("compare the fingerprint with what the person tells you by voice before anybody relies on it")
    return DONE


def _sign_off(options: argparse.Namespace) -> int:
    from pipelines.release.asking import ask_passphrase
    from pipelines.release.keys import default_key
    from pipelines.release.sign_off import NEEDED, sign_off
    from pipelines.review import open_review

    done = sign_off(open_review(options.review), options.report, options.kind, options.key or default_key(), ask_passphrase)
    left = max(NEEDED - len(done), 0)
    _say(f"signed off: {len(done)} of {NEEDED} people have signed these very bytes as {options.kind}")
    if left:
        _say("a second person signs with the same command, under an account and with a key of their own")
    return DONE


def _reidentify(options: argparse.Namespace) -> int:
    from pipelines.release.asking import ask_passphrase
    from pipelines.release.reidentify import reidentify

    made = reidentify(options.key, options.document, options.identity, options.to, ask_passphrase)
    where = "at the place you named" if options.to else "in output/restricted/"
    _say(f"{made.replaced} pseudonyms replaced by names; the copy lies {where}: it identifies people, delete it when it has served")
    return DONE


def _archive(options: argparse.Namespace) -> int:
    from pipelines.release.archive import archive
    from pipelines.review import open_review

    made = archive(open_review(options.review), options.why)
    _say(f"closed: {made.files} files in {made.file}, kept until {made.retain_until}")
    _say("the plain key is removed; try that a recipient can open the archive (chronology unpack) before you rely on it")
    return DONE


def _unpack(options: argparse.Namespace) -> int:
    from pipelines.release.asking import ask_passphrase
    from pipelines.release.unpack import unpack

    found = unpack(options.archive, options.folder, options.identity, ask_passphrase)
    left_out = f"; {found.links} links are left out" if found.links else ""
    _say(f"{found.files} files unpacked, each as the manifest lists it{left_out}")
    return DONE


def _reopen(options: argparse.Namespace) -> int:
    from pipelines.release.archive import reopen
    from pipelines.review import open_review

    reopen(open_review(options.review), options.why)
    _say("the review is open again; the archive stays as it is. The next run makes the key anew")
    return DONE


def _retention(options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from pipelines.release.asking import ask_line, ask_passphrase
    from pipelines.release.keys import default_key
    from pipelines.release.retention import destroy, destroyed_in, kept_in
    from timeline.errors import CaseError

    if not options.folder.is_dir():
        raise CaseError("there is no such folder: name the folder that holds the reviews")
    today, status = datetime.now(UTC).date(), DONE
    for told in destroyed_in(options.folder):
        _print(told)
    for each in tuple(kept_in(options.folder)):
        name = each.reference or f"review {each.number} in order of name"
        if each.said:
            _print(f"{name}: {each.said}")
        elif each.until is None:
            _print(f"{name}: open")
        else:
            _print(f"{name}: kept until {each.until}{', DUE' if each.is_due(today) else ''}")
        if not each.is_due(today):
            status = max(status, NEEDS_A_PERSON if each.said else DONE)
        elif options.destroy and ask_line(f"type {each.reference} to destroy it for good, or Enter to keep it") == each.reference:
            destroy(each, options.key or default_key(), ask_passphrase)
            _say(f"{name}: destroyed; the signed record is destruction.json in its folder")
        else:
            status = NEEDS_A_PERSON
    return status


def _verify(options: argparse.Namespace) -> int:
    from pipelines.release.retention import RECORD
    from pipelines.release.verify import verify, verify_destroyed
    from pipelines.review import open_review

    destroyed = (options.review / RECORD).is_file() and not (options.review / "case.toml").exists()
    told = (verify_destroyed(options.review),) if destroyed else verify(open_review(options.review))
    for each in told:
        _print(f"{'  ' if each.is_right else '! '}{each.said}")
    return DONE if all(each.is_right for each in told) else NEEDS_A_PERSON


def _grouped(fingerprint: str) -> str:
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))


def _say(message: str) -> None:
    print(message, file=sys.stderr)  # noqa: T201 - a command speaks


def _print(message: str) -> None:
    print(message)  # noqa: T201 - a command speaks
