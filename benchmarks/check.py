"""Seconds that `chronology check` takes on a report of some 60 pages, each time in a process of its own.

    python benchmarks/check.py [--rounds 3]

The report is the sample's own draft with what an author adds (invented prose), 60 pages of 400 words. Nothing is written into the sample.
"""

import argparse
import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from docx.text.paragraph import Paragraph
from whole import SAMPLE, chronology

PAGES, WORDS_A_PAGE = 60, 400
PROSE = (
    "The review asked what it was like to live in this household, and found that few of those who visited had written it down.",
    "Practitioners told the author that their caseloads were high that winter and that supervision was often put off.",
    "Each agency held a part of the picture. No meeting brought the parts together before the summer.",
    "It is easy to see with hindsight what mattered. At the time, each visit looked like the one before.",
    "The panel heard from Mother, who wished that somebody had asked her twice. Her words have shaped the questions below.",
)


def main() -> None:
    """Prints the median of the rounds."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    rounds = arguments.parse_args().rounds
    with TemporaryDirectory() as made:
        review, report = Path(made) / "review", Path(made) / "report.docx"
        shutil.copytree(SAMPLE, review, ignore=shutil.ignore_patterns("output", "record"))
        chronology("run", review)
        words = write_report(review / "output" / "anonymised" / "draft-summary.docx", report)
        each = [chronology("check", review, report) for _ in range(rounds)]
        print(f"a report of {words:,} words, {words / WORDS_A_PAGE:.0f} pages of {WORDS_A_PAGE}; medians of {rounds}")
        seconds, processor = (statistics.median(getattr(one, what) for one in each) for what in ("seconds", "processor"))
        print(f"{'check':12} {seconds:8.2f} s  {processor:8.2f} s of processor  {max(one.megabytes for one in each):6.0f} MB")


def write_report(draft: Path, report: Path) -> int:
    """The draft with prose after its own paragraphs until there are enough words; how many there are."""
    document = docx.Document(str(draft))
    words = sum(len(text.split()) for text in texts_of(document))
    number = 0
    while words < PAGES * WORDS_A_PAGE:
        number += 1
        text = " ".join(PROSE[(number + at) % len(PROSE)] for at in range(len(PROSE)))
        document.add_paragraph(f"{number}. {text}")
        words += len(text.split()) + 1
    document.save(str(report))
    return words


def texts_of(document: docx.document.Document) -> Iterator[str]:
    """Every paragraph's text, those of tables too."""
    yield from (Paragraph(each, document).text for each in document.element.body.iter(docx.oxml.ns.qn("w:p")))


if __name__ == "__main__":
    main()
