"""A small invented review that was run for real, and what an author makes of its draft."""

import io
from pathlib import Path

from pipelines.progress import Lines
from pipelines.review import open_review
from pipelines.run import run_review
from pipelines.runners import DirectRunner

CAST = (
    ("P1", "Rosalind Thackeray", "Rosie", "2016-05-09", "Subject child", "subject", "Child Z"),
    ("P2", "Bernadette Thackeray", "Bernie", "1991-03-02", "Mother", "family", ""),
    ("P3", "Callum Fotheringham", "Cal", "", "Father", "family", ""),
    ("P4", "Winifred Thackeray", "Nan Win", "", "Maternal grandmother", "family", ""),
    ("P5", "Jolanta Wisniewska", "Jola", "", "Health visitor", "professional", ""),
    ("P6", "Nathaniel Ogbonna", "Nat", "", "Social worker", "professional", ""),
)
CASE = """
[case]
reference = "SCR-Z"
kind = "scr"
title = "Serious Case Review: Child Z"
jurisdiction = "jersey"
period_start = 2019-01-01
period_end = 2019-12-31
[[agency]]
name = "Police"
folder = "police"
[[agency]]
name = "Children's Social Care"
folder = "csc"
"""
ROWS = {
    "police": (
        "04/03/2019,Bernadette Thackeray called. Callum Fotheringham had left. PC Quillfeather attended 14 Larchfield Road JE2 4WX.",
        "11/03/2019,Rosalind Thackeray seen at home with Winifred Thackeray. No injuries.",
        "02/06/2019,Mrs Featherstone of number 16 rang on 07797 555123 about shouting.",
    ),
    "csc": (
        "05/03/2019,Nathaniel Ogbonna visited. Jolanta Wisniewska was told by telephone. Rosie was asleep.",
        "09/09/2019,Case closed by Nathaniel Ogbonna. Bernadette was told by letter.",
    ),
}


def make_review(folder, cast=CAST):
    """The folder of the review, not yet run."""
    folder.mkdir(parents=True)
    (folder / "case.toml").write_text(CASE, "utf-8")
    rows = [f"{key},{name},{also},{born},{role},{kind},,{called}" for key, name, also, born, role, kind, called in cast]
    heading = "id,name,also_known_as,date_of_birth,role,kind,agency,pseudonym"
    (folder / "people.csv").write_text("\n".join((heading, *rows)) + "\n", "utf-8")
    for agency, lines in ROWS.items():
        (folder / "intake" / agency).mkdir(parents=True)
        (folder / "intake" / agency / "return.csv").write_text("\n".join(("Date,Event", *lines)) + "\n", "utf-8")
    return folder


def run(folder):
    """Runs the review with the real models; gives it."""
    review = open_review(Path(folder))
    with Lines("SCR-Z", io.StringIO()) as progress:
        run_review(review, DirectRunner(progress))
    return review


# prose of an introduction, an analysis, findings and recommendations, as authors write it; nobody is named who is not in the draft
PROSE = """\
The Safeguarding Partnership Board agreed in July 2020 that the circumstances met the criteria for a Serious Case Review under its Learning \
and Improvement Framework. The Independent Chair wrote to the Children's Commissioner and to the Minister for Children and Education to tell\
 them of the decision.
The purpose of this review is to establish what lessons can be learned about the way in which local professionals and organisations worked \
together to safeguard Child Z. It is not an inquiry into how she was injured, nor into who is culpable: those are matters for the criminal \
courts and for the Royal Court.
This report has been prepared by an Independent Lead Reviewer who has no connection with any of the agencies. She is a registered social \
worker with twenty-five years' experience in the NHS and in local government in England and Wales.
The methodology draws on the Social Care Institute for Excellence's Learning Together model and on the Welsh Government's guidance for Child\
 Practice Reviews. A Practitioner Learning Event was held in November 2020 and was attended by fourteen professionals; a Recall Event \
followed in January 2021.
Mother contributed to the review and met with the Lead Reviewer and the Board Manager on two occasions. Father was invited to take part and \
declined. The Panel is grateful to Maternal Grandmother, who spoke movingly about her granddaughter.
Working Together to Safeguard Children (HM Government, 2018) states that anyone who has concerns about a child's welfare should make a \
referral to local authority children's social care. The Children (Jersey) Law 2002 places a similar duty on the Minister.
Article 42 of the Children (Jersey) Law 2002 requires that enquiries are made where there is reasonable cause to suspect that a child is \
suffering, or is likely to suffer, significant harm. Section 47 of the Children Act 1989 is the equivalent in England.
Finding 1: Professionals focused on Mother's presenting needs, and the lived experience of Child Z was not at the centre of assessment and \
planning. Health Visitor 1 recorded good observations of the baby, but these were not shared with Social Worker 1.
The voice of Half-brother was rarely sought. He was at an age at which he could have told professionals a great deal about life at home. In \
the words of one practitioner at the learning event, nobody asked him what a Saturday looked like.
There was evidence of good practice. The Community Midwife made persistent efforts to see Mother alone, and Nursery Manager 1 acted promptly\
 on what the key worker had noticed. GP 1 followed up missed immunisations with a telephone call rather than a letter.
Routine enquiry about domestic abuse was attempted on six occasions and completed on two. The presence of Father at appointments was \
recorded but not considered to be significant. The Domestic Abuse, Stalking and Honour-Based Violence (DASH) risk assessment was completed \
by Police Officer 2 in May 2018.
The Panel considered whether alcohol misuse was properly understood. Units were recorded in the GP notes, in the Emergency Department and by\
 the Police, but there was no shared chronology and no single agency held the whole picture.
In the Panel's view the Initial Child Protection Conference came too late. Bruising in a baby who is not yet mobile should always lead to a \
strategy discussion, as the Multi-Agency Bruising Protocol makes plain.
The Multi-Agency Safeguarding Hub received three notifications between January 2018 and September 2018. Each was considered in isolation. \
None of them was cross-referenced to the earlier record held by Children's Social Care.
Supervision was irregular. Social Work Manager 1 had responsibility for eleven staff in place of the usual seven, and there were two \
vacancies in the team. The Practice Standards required monthly supervision; between March and August 2018 there was none.
Learning point: Where a parent retracts an allegation of abuse, professionals should treat the retraction as a possible indicator of \
coercion and control, and should not close the case on the strength of it.
Recommendation 1: The Safeguarding Partnership Board should seek assurance that all agencies have implemented the revised Resolving \
Professional Differences Policy, and should audit its use within twelve months.
Recommendation 2: Health and Community Services should ensure that routine enquiry is made at every antenatal contact, that reasons for not \
asking are recorded, and that a flag is added to the electronic record until it has been completed.
Recommendation 3: The Director of Children's Services should review the capacity of the front door and report to the Board by the end of \
March 2022.
Recommendation 4: The States of Jersey Police and the Probation Service should agree how information about bail conditions will be shared \
with Health Visitors and schools.
What has changed since: Early Help has been relaunched, with a Team Around the Family approach and a named Lead Worker. The Jersey Practice \
Model is now in use across Children's Services. Signs of Safety training has been delivered to 214 staff.
A Family Group Conference was not offered. Research in Practice (2019) suggests that early use of the wider family network reduces the need \
for statutory intervention. Maternal Grandmother told the reviewer that she would have helped if anyone had asked.
The COVID-19 pandemic and the lockdown in the spring of 2020 changed how families were seen. Visits took place on the doorstep or by video \
call, and the Nursery closed to all but the children of key workers.
The Panel discussed Adverse Childhood Experiences and the Think Family approach at length. Mother's own childhood was known to Children's \
Social Care and was not used to understand what support she might need as a parent.
Professionals described a culture of fixed thinking. Once Father was thought to have left the home he disappeared from assessments, although\
 Nursery staff saw him at the gate. This is sometimes called the invisible father.
Finding 4: Information about Child Z was held in five separate systems. Trakcare, EMIS and the police records management system do not speak\
 to one another, and The nursery had no access to any of them.
Disguised compliance is a term to be used with care. NSPCC Learning cautions against labelling parents. The Panel prefers to say that \
professionals heard what they hoped to hear and did not test it against what they saw.
The thresholds document, The Right Help at the Right Time, was published in 2017 and updated in May 2019. Practitioners at the learning \
event were unsure which version applied. August is a difficult month for staffing, and it is no accident that drift set in then.
The Lead Reviewer is grateful to the authors of the agency reports and to the Panel: the Head of Safeguarding, the Named Doctor, the \
Designated Nurse, the Detective Superintendent of the Public Protection Unit, and the Principal Educational Psychologist.
"""
