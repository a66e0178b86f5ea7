"""What holds of all findings together, whatever the rows say."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timeline.findings.evidence import toml
from tests.timeline.findings.reviews import CAROL, HANNAH, TILLY, review, rows
from timeline.findings import find
from timeline.timescales import timescales_from
from timeline.views import views_of

PEOPLE = (TILLY, CAROL, HANNAH)
AGENCIES = ("Police", "Health Visiting", "GP", "School", "Children's Social Care")
TOLD = (
    "Home visit. Tilly seen, well.",
    "No access, card left for Carol.",
    "Rang health visitor about bruise to Tilly's left cheek.",
    "T/C from GP: bruise to right cheek.",
    "Letter from school dated 3 March.",
    "Referral to social care, Tilly not seen.",
    "Strategy discussion held at 14:00, section 47 agreed.",
    "Child protection conference. Made subject to a child protection plan.",
    "Core group held. Care plan reviewed.",
    "Case closed, plan ended, no further action.",
    "Was not brought.",
    "Tilly said that she is afraid of the dog.",
    "New social worker Hannah Reed allocated.",
    "",
)
DAY = st.dates(date(2018, 6, 1), date(2020, 3, 1))
WRITTEN = st.one_of(
    DAY.map(date.isoformat),
    st.tuples(DAY, st.integers(1, 40)).map(lambda span: f"{span[0].isoformat()} - {(span[0] + timedelta(days=span[1])).isoformat()}"),
    st.sampled_from(["March 2019", "2019", "Spring 2019", "", "circa 4 March 2019", "4 March 2019"]),
)
ROWS = st.lists(st.tuples(st.sampled_from(AGENCIES), WRITTEN, st.sampled_from(TOLD)), max_size=24)


def returns(given_rows):
    """An agency's file for each agency that has rows."""
    return [
        rows(agency, *((written, text) for each, written, text in given_rows if each == agency))
        for agency in dict.fromkeys(agency for agency, _, _ in given_rows)
    ]


def shown(findings):
    """What findings say, whatever order a pair of agencies has."""
    return sorted(
        (
            each.kind,
            sorted(each.events),
            sorted(each.agencies),
            str(each.since),
            str(each.until),
            each.days,
            each.certainty,
            str(each.more.get("about")),
        )
        for each in findings
    )


@settings(deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_files_changes_nothing(given_rows, chance):
    files = returns(given_rows)
    shuffled = list(files)
    chance.shuffle(shuffled)
    scales = timescales_from(toml("timescales"), toml("timescales/england"), {})
    one, other = (replace(review(*each, people=PEOPLE), timescales=scales) for each in (files, shuffled))
    assert [event.id for event in one.timeline.events] == [event.id for event in other.timeline.events]
    assert shown(find(one)) == shown(find(other))


def gaps(found, *, certain):
    """The gaps by what they are about, and their days."""
    about = ("person", "recipient", "giver", "clock", "timescale", "side")
    return {
        (each.kind, each.agencies if each.kind in BY_AGENCY else (), each.since, each.until, *(str(each.more.get(name)) for name in about))
        for each in found
        if each.kind in GAPS and (each.certainty == "certain" or not certain)
    }


BY_AGENCY = (
    "agency-silence",
    "coverage",
    "unanswered-handover",
    "unexplained-knowledge",
)  # elsewhere the agencies are those whose rows it rests on
GAPS = (
    "silence",
    "agency-silence",
    "coverage",
    "not-seen",
    "voice-missing",
    "no-action",
    "late",
    "unanswered-handover",
    "unexplained-knowledge",
)
DATED = st.lists(
    st.tuples(st.sampled_from(AGENCIES[:3]), st.dates(date(2019, 1, 1), date(2019, 12, 31)), st.sampled_from(TOLD)), min_size=1, max_size=14
)


@settings(deadline=None)
@given(DATED, st.integers(0, 13))
def test_a_wider_date_never_makes_a_gap_certain(told, which):
    which %= len(told)

    def found(written):
        files = [rows(each, *((day, text) for agency, day, text in written if agency == each)) for each in AGENCIES[:3]]
        return find(review(*files, people=PEOPLE))

    exact = [(agency, day.isoformat(), text) for agency, day, text in told]
    wide = [*exact[:which], (exact[which][0], "2019", exact[which][2]), *exact[which + 1 :]]
    # a gap that is certain while the day is open must be there whichever day it was
    assert gaps(found(wide), certain=True) <= gaps(found(exact), certain=False)


@settings(deadline=None)
@given(ROWS)
def test_no_finding_and_no_view_holds_text_of_a_row(given_rows):
    marked = [(agency, written, f"Zebediah. {text} Zebediah {text} zebediah") for agency, written, text in given_rows]
    evidence = review(*returns(marked), people=PEOPLE)
    assert "zebediah" not in repr((find(evidence), views_of(evidence))).casefold()


@settings(deadline=None)
@given(ROWS)
def test_findings_rest_on_rows_of_the_timeline_and_have_ids_of_their_own(given_rows):
    evidence = review(*returns(given_rows), people=PEOPLE)
    found, events = find(evidence), {event.id for event in evidence.timeline.events}
    assert len({each.id for each in found}) == len(found)
    assert all(events.issuperset(each.events) for each in found)
    assert all(each.since <= each.until for each in found if each.since and each.until)
