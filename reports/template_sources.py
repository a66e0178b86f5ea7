"""The Word templates that come along, made from these sections: `make templates` writes them to reports/templates/, where a board copies them from.

A template holds the board's words: headings, prompts and their order. `{{ title }}` takes a text, `{{p narrative }}`, alone in its paragraph, what
the rows give (docs/board-settings.md lists them).
"""

from collections.abc import Iterator
from pathlib import Path

from reports import colours
from reports.panel_templates import BRIEFING, LEARNING_REPORT, RAPID_REVIEW
from reports.template_sections import Section, Template
from reports.word_document import Page, write_document
from reports.word_xml import heading, text

FOLDER = Path(__file__).parent / "templates"

DRAFT_SUMMARY = Template(
    "Draft overview report",
    "A working draft for the author. Shaded notes say what is left to write; delete them as you go.",
    (
        Section("The decision to hold this review", "Who decided, when, and on which criteria; what the referral asked."),
        Section(
            "Parallel processes",
            "Criminal proceedings, inquest, care proceedings, complaints or disciplinary processes, and how they bear on this review.",
        ),
        Section("Period under review", "Why this period, and whether anything before it is taken in.", "period"),
        Section("The reviewer and the panel", "Who they are and what makes them independent."),
        Section("Agencies", "", "agencies"),
        Section(
            "Method",
            "How the review was carried out: conversations, learning events, records seen. How the rows were read is in Appendix A.",
        ),
        Section("Terms of reference", "The questions that the board set."),
        Section(
            "Involvement of the family", "Who was asked, who took part, and what they want the reader to know, in words they have agreed."
        ),
        Section("The family", "What a reader needs to know and no more: the least detail that the learning needs.", "family"),
        Section("Background", "What was known before the period under review."),
        Section("The timeline at a glance", "", "lanes"),
        Section(
            "Narrative by period",
            "Taken from the rows as they stand; square brackets hold what the program added, or what stands for hidden words. Check each "
            "quotation, then write on in your own words.",
            "narrative",
            new_page=True,
        ),
        Section("Involvement of each agency", "What each agency did, knew and shared, and the context in which it decided.", "involvement"),
        Section(
            "What was known to whom and when",
            "Who held which piece, when it was shared, and what each could have known at the time.",
            "known",
        ),
        Section("Questions for the author", "Each comes from a printed rule. Ask the agencies; strike out what is answered.", "questions"),
        Section(
            "The context of decisions",
            "What it was like to work there then: ask those involved. Nobody is to be blamed for what they could not know.",
            "context",
        ),
        Section(
            "Analysis by theme", "Why it made sense to those involved at the time. Two to three times as long as the narrative.", "themes"
        ),
        Section("The voice of the child or adult", "What life was like day to day for the person, from the person's own words.", "voice"),
        Section("Good practice", "What was done well, and what made it possible.", "good_practice"),
        Section("Changes since", "What agencies have changed since the events, and how it is known to work."),
        Section("Conclusions", "Yours alone: the program draws none."),
        Section("Recommendations", "Yours alone: the program makes none."),
        Section("Glossary", "", "glossary"),
        Section("Appendix A: method, counts and limits", "", "method", new_page=True),
        Section("Appendix B: the anonymised timeline", "", "timeline", new_page=True),
    ),
)
TEMPLATES = {
    "draft-summary.docx": DRAFT_SUMMARY,
    "rapid-review.docx": RAPID_REVIEW,
    "learning-report.docx": LEARNING_REPORT,
    "seven-minute-briefing.docx": BRIEFING,
}


def write_templates(folder: Path = FOLDER) -> None:
    """Write every template that comes along."""
    for name, template in TEMPLATES.items():
        page = Page(
            title="{{ title }}", reference=template.reference, banner=template.banner, ink=colours.DRAFT_INK, fill=colours.DRAFT_FILL
        )
        write_document(folder / name, page, _pieces(template))


def _pieces(template: Template) -> Iterator[str]:
    yield text(template.title, "Title")
    if template.subtitle:
        yield text(template.subtitle, "Subtitle")
    if template.note:
        yield text(template.note, "Note")
    if template.contents:
        yield text("Contents", "ContentsTitle")
        yield text("{{p contents }}")
    for section in template.sections:
        yield heading(section.title, template.heading_level, new_page=section.new_page)
        if section.prompt:
            yield text(f"{template.reader}: {section.prompt}", "Prompt")
        if section.place:
            yield text(f"{{{{p {section.place} }}}}")


if __name__ == "__main__":
    write_templates()
