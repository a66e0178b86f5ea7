"""People of a board in tests: each with an account, a key and a passphrase; and a review that they sign off."""

import hashlib
import os
from pathlib import Path

import docx

from pipelines.release import age
from pipelines.release.keys import new_key
from pipelines.release.people import register
from pipelines.release.sign_off import sign_off
from pipelines.review import open_review

CASE = """
[case]
reference = "{reference}"
kind = "scr"
title = "A review"
period_start = 2019-01-01
period_end = 2019-12-31
[[agency]]
name = "Police"
folder = "police"
{more}
"""
PASSPHRASE = "four words of nobody"


def quick_passphrases(monkeypatch):
    """Passphrases that are checked at once: age takes two seconds for each, which one test alone waits for."""
    mark = b"age-encryption.org/v1\n"
    kept = lambda word: mark + hashlib.sha256(word.encode()).digest()  # noqa: E731
    monkeypatch.setattr(age, "under_passphrase", lambda data, word: kept(word) + data)
    monkeypatch.setattr(age, "opened_with", lambda data, word: data[len(kept(word)) :] if data.startswith(kept(word)) else None)


def typed(*answers):
    """A person at the terminal who gives these answers in turn, the last one for good."""
    left = list(answers or (PASSPHRASE,))
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def make_review(folder, reference="SCR-2031-A", more=""):
    folder.mkdir()
    (folder / "case.toml").write_text(CASE.format(reference=reference, more=more), "utf-8")
    review = open_review(folder)
    review.secret()
    return review


def make_report(path, *paragraphs):
    document = docx.Document()
    for each in paragraphs or ("The report.",):
        document.add_paragraph(each)
    document.save(path)
    return path


class Board:
    """People with an account and a key each; `at` makes the machine take us for one of them."""

    def __init__(self, monkeypatch, folder):
        self.monkeypatch, self.folder = monkeypatch, folder
        quick_passphrases(monkeypatch)
        self.accounts = {}

    def at(self, number):
        self.monkeypatch.setattr(os, "getuid", lambda: number)

    def person(self, name, account=None, key=None):
        """A new person's key, made under the account; gives where the private half lies."""
        self.accounts[name] = account or 1001 + len(self.accounts)
        self.at(self.accounts[name])
        path = Path(key or self.folder / name / "signing.key")
        new_key(path, typed())
        return path

    def public(self, name):
        return self.folder / name / "signing.public.key"

    def member(self, review, name, account=None):
        """A person whose key is made and registered."""
        self.person(name, account)
        register(review, name, self.public(name))

    def signs(self, review, name, report, kind="overview", key=None, account=None):
        self.at(account or self.accounts[name])
        return sign_off(review, report, kind, key or self.folder / name / "signing.key", typed())
