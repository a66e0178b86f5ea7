"""The sections of the rapid review pack, the learning report and the seven-minute briefing."""

from reports.template_sections import Section, Template

LEARNING_BANNER = "DRAFT — the learning alone, not checked for publication"

RAPID_REVIEW = Template(
    "Rapid review",
    "A pack for the panel. Shaded notes say what is left for people to write; what the panel decides is blank.",
    (
        Section("The referral and the time that the panel has", "", "countdown"),
        Section("The incident", "What happened, in as few words as the panel needs.", "incident"),
        Section("Immediate safety action", "Whether everyone is safe now, and what is still to be done.", "safety"),
        Section("Agencies and their involvement", "", "agencies"),
        Section("The family", "", "family"),
        Section("Chronology of key events", "", "key_events"),
        Section("The three questions of the referral", "Weigh the evidence; add what agencies say in the room.", "questions"),
        Section("Potential for learning", "What agencies could learn, what is known already, and what can be acted on now."),
        Section("Options and decision", "", "options", new_page=True),
        Section("Appendix: how this pack was made", "", "method", new_page=True),
    ),
    reader="For the panel",
)
LEARNING_REPORT = Template(
    "Learning report",
    "What can be learnt, without the story. Shaded notes say what only people can write. Keep out names, days, places and the history of the family.",
    (
        Section("Background", "Why this was looked at, in general words.", "background"),
        Section("Concerns", "What worried those who referred it, as concerns about how services work, not about one family."),
        Section("What the review found", "Keep a theme where the review bears it out, and strike it out where it does not.", "found"),
        Section("What was done well", "What helped, and what made it possible.", "good_practice"),
        Section("What was learnt", "Yours alone: what services understand now that they did not before."),
        Section("Questions for practice", "", "questions"),
        Section("Recommendations", "Yours alone: the program makes none."),
        Section("How this report was made", "", "method"),
    ),
    contents=False,
    banner=LEARNING_BANNER,
    reference="Learning report",
    subtitle="",
)
BRIEFING = Template(
    "Seven-minute briefing",
    "",
    (
        Section("1. Background", "Why this was looked at, in general words."),
        Section("2. Concerns", "What worried those who referred it, about how services work."),
        Section("3. What the review found", "", "found"),
        Section("4. What was learnt", "Yours alone."),
        Section("5. Questions for practice", "", "questions"),
        Section("6. Recommendations", "Yours alone."),
        Section("7. Where to find out more", "The learning report; local procedures; whom to ask."),
    ),
    contents=False,
    banner=LEARNING_BANNER,
    reference="Seven-minute briefing",
    subtitle="",
    heading_level=2,
)
