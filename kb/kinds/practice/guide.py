"""Help for authors: the question that each section of a practice answers, and assessment questions with examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.i18n import N_

# By section, with its usual length.
SECTION_QUESTIONS: Mapping[str, str] = {
    "problem": N_("What went wrong before? Give a figure and its source if there is one. 60 to 120 words."),
    "what": N_("What is it, in words that another country would understand? 60 to 120 words."),
    "how": N_("What are the steps? Number them: who does what, by when, through which channel and with which form."),
    "setup": N_("How was it set up: law, pilot, funding, training? Who had to agree?"),
    "results": N_("What was measured, when and by whom? What was not? Give the year and the source of each figure."),
    "mechanism": N_("Why should it work, and for whom does it not work?"),
    "costs": N_("What does it require: money, posts, hours? If this is not known, say so."),
    "limits": N_("What went wrong? What is criticised? Who was left out?"),
    "transfer": N_(
        "What does another country need first? What can it copy as it is, and what must it build from scratch?"
    ),
    "lessons": N_("What should a colleague remember? Two to four sentences."),
}


@dataclass(frozen=True)
class QuestionGuide:
    """The meaning of a question, and an example of a borderline case."""

    meaning: str
    example: str


EXPLAINED: Mapping[str, QuestionGuide] = {
    "G1": QuestionGuide(
        N_("The record names a body and the country where it works, so readers know whom to ask."),
        N_("Yes: “Police of the Azores, Portugal”. No: “several European police forces”."),
    ),
    "G2": QuestionGuide(
        N_("Anyone can check where this information comes from. Information given in confidence is not a source."),
        N_("Yes: a report on a public website. No: minutes that only members can see."),
    ),
    "G3": QuestionGuide(
        N_(
            "Answer “no” if it clearly breaches victims’ rights or data protection law. If you are unsure, describe it "
            "under “Problems and limits”."
        ),
        N_("No: names are sent to an association without a legal basis and without asking."),
    ),
    "G4": QuestionGuide(
        N_("One of our practice areas describes its purpose."),
        N_("Yes: a form on which a victim agrees to be called. No: a course for judges on tax law."),
    ),
    "Q1": QuestionGuide(
        N_("From the text, a colleague can tell what is done, for whom and by whom, and why it should help."),
        N_("Yes: “The officer asks and sends the form the same day. The service calls within three days.”"),
    ),
    "Q2": QuestionGuide(
        N_("Figures on actual use were published, or everyone was asked the same questions."),
        N_("Yes: referrals counted from January to June. No: “many victims were reached”."),
    ),
    "Q3": QuestionGuide(
        N_("Someone studied how the practice works, and described the method and what it cannot show."),
        N_("Yes: a university report with a chapter on methods. No: a chapter of praise in an annual report."),
    ),
    "Q4": QuestionGuide(
        N_("Something changed for victims, or they received something they are entitled to."),
        N_("Yes: time until the first call, or needs that were met. No: leaflets printed."),
    ),
    "Q5": QuestionGuide(
        N_("The same thing was measured before and after, or outsiders evaluated it with more than one kind of data."),
        N_("Yes: an institute read case files and talked to victims. No: the team’s own survey at the end."),
    ),
    "Q6": QuestionGuide(
        N_(
            "There is something to compare with: people or places without the practice, or a long series of earlier "
            "figures."
        ),
        N_("Yes: a district that started a year later. No: last year’s national average."),
    ),
    "Q7": QuestionGuide(
        N_("Apart from the practice, the groups compared are similar. The report leaves out nothing important."),
        N_("Yes: victims were assigned at random and dropouts were counted. No: volunteers were compared with others."),
    ),
    "Q8": QuestionGuide(
        N_("The practice was repeated elsewhere, and an independent evaluator found that it worked."),
        N_("No: two comparisons by the same team in the same town."),
    ),
    "D1": QuestionGuide(
        N_("A source that anyone can read reports serious harm to someone, or a main outcome that got worse."),
        N_("Yes: an offender found out the victim’s new address from the form, even if everything else went well."),
    ),
    "D3": QuestionGuide(
        N_("At least one intended outcome improved, and the evaluation explains why."),
        N_("Yes: more victims were reached than in the district without the practice."),
    ),
    "D4": QuestionGuide(
        N_("All intended outcomes improved, and none stayed the same."),
        N_("No: more victims were reached, but they were no less afraid."),
    ),
    "D5": QuestionGuide(
        N_("More people or a more precise measure would not have changed the result."),
        N_("No: only eleven people answered the questions."),
    ),
    "T1": QuestionGuide(
        N_(
            "You know which laws, staff, money and technology the practice depends on. If you do not know, answer “no”."
        ),
        N_("Yes: the report names the decree, the posts and the portal."),
    ),
    "T2": QuestionGuide(
        N_("The practice needs nothing that exists in one country only."),
        N_("No: a duty that depends on one country’s population register and cannot work without it."),
    ),
    "T3": QuestionGuide(
        N_("Someone could start next month with what already exists. If not, the condition is named below."),
        N_("Yes: it needs an agreement between two bodies. No: it needs a service to have access to police files."),
    ),
    "T4": QuestionGuide(
        N_(
            "Everything needed to do the same is available: forms, protocol, manual. If not, the condition is named "
            "below."
        ),
        N_("Yes: the form is on a website, or the body sends it on request."),
    ),
    "T5": QuestionGuide(
        N_("The practice has been used in a second country, and anyone may use the materials."),
        N_("Yes: forms under an open licence, in use in Spain and France."),
    ),
}
