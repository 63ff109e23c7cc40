"""Help for authors: the question that each section of a practice answers, and assessment questions with examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.i18n import N_

# By section, with its usual length.
SECTION_QUESTIONS: Mapping[str, str] = {
    "problem": N_("What went wrong before? With a figure and its source if there is one. 60 to 120 words."),
    "what": N_("What is it, in words that another country would recognise? 60 to 120 words."),
    "how": N_("Which steps, in order and numbered: who does what, by when, by which channel, with which form?"),
    "setup": N_("How did it come about: law, pilot, money, training, and who had to agree?"),
    "results": N_("What was measured, when and by whom, and what was not? Each figure with its year and its source."),
    "mechanism": N_("Why should it work, and for whom does it not?"),
    "costs": N_("What does it take: money, posts, hours? Say so if it is not known."),
    "limits": N_("What went wrong, what is criticised, who was left out?"),
    "transfer": N_("What does another country need first, what can it copy as it is, what must it build anew?"),
    "lessons": N_("What would a colleague remember? Two to four sentences."),
}


@dataclass(frozen=True)
class QuestionGuide:
    """The meaning of a question, and an example of a borderline case."""

    meaning: str
    example: str


EXPLAINED: Mapping[str, QuestionGuide] = {
    "G1": QuestionGuide(
        N_("Somebody can be asked about it: a body by its name, and the country in which it works."),
        N_("“Police of the Azores, Portugal” is a yes; “several European police forces” is a no."),
    ),
    "G2": QuestionGuide(
        N_("Anybody can look up where this is known from. What was told in confidence is no source."),
        N_("A report on a public website is a yes; minutes that only the members have are a no."),
    ),
    "G3": QuestionGuide(
        N_(
            "Answer “no” if it clearly breaches victims’ rights or data protection law. If you are unsure, describe it "
            "under “Problems and limits”."
        ),
        N_("Names are sent to an association without any legal ground and without asking: no."),
    ),
    "G4": QuestionGuide(
        N_("One of our areas describes what it is for."),
        N_("A form on which a victim agrees to be called is a yes; a course for judges on tax law is a no."),
    ),
    "Q1": QuestionGuide(
        N_("A colleague could tell from the text what is done, for whom, by whom, and why that should help."),
        N_("“The officer asks, sends the form the same day, and the service rings within three days” is a yes."),
    ),
    "Q2": QuestionGuide(
        N_("Numbers of real use were published, or people were all asked the same questions."),
        N_("Referrals counted from January to June are a yes; “many victims were reached” is a no."),
    ),
    "Q3": QuestionGuide(
        N_("Somebody set out to find out how it works, and wrote down how they did it and what it cannot show."),
        N_("A university's report with a chapter on method is a yes; a chapter of praise in a yearly report is a no."),
    ),
    "Q4": QuestionGuide(
        N_("Something changed for victims, or something they are entitled to reached them."),
        N_("Time until the first call, or needs that were met, is a yes; leaflets printed are a no."),
    ),
    "Q5": QuestionGuide(
        N_("Either the same was measured before and after, or outsiders looked, and at more than one kind of data."),
        N_("An institute that read files and talked with victims is a yes; the team's own survey at the end is a no."),
    ),
    "Q6": QuestionGuide(
        N_(
            "There are people or places without the practice to compare with, or a long row of figures before it began."
        ),
        N_("A district that began a year later is a yes; last year's national average is a no."),
    ),
    "Q7": QuestionGuide(
        N_("What was compared is alike but for the practice, and nothing that matters is left out of the report."),
        N_("Yes: victims were assigned at random and dropouts were counted. No: volunteers were compared with others."),
    ),
    "Q8": QuestionGuide(
        N_("It was repeated elsewhere and an independent evaluator found that it worked."),
        N_("Two comparisons by the same team in the same town are a no."),
    ),
    "D1": QuestionGuide(
        N_("Serious harm to somebody, or a main outcome that got worse, stands in a source that anybody can read."),
        N_("Yes: an offender found out the victim’s new address from the form, whatever else went well."),
    ),
    "D3": QuestionGuide(
        N_("Of what the evaluation set out to change, something got better, and for a reason it can give."),
        N_("More victims were reached than in the district without it: yes."),
    ),
    "D4": QuestionGuide(
        N_("All of what it set out to change got better, and nothing stayed as it was."),
        N_("More victims were reached, but they were no less afraid: no."),
    ),
    "D5": QuestionGuide(
        N_("With more people or a finer measure it would not have come out otherwise."),
        N_("Eleven people filled in the questions: no."),
    ),
    "T1": QuestionGuide(
        N_("You know on which law, staff, money and technology it stands. If you do not know, answer no."),
        N_("The decree, the posts and the portal are named in the report: yes."),
    ),
    "T2": QuestionGuide(
        N_("Nothing in it exists in one country alone."),
        N_("A duty that hangs on one State's register of all inhabitants, and cannot do without, is a no."),
    ),
    "T3": QuestionGuide(
        N_("Somebody could begin next month with what there is. If not, the condition is named below."),
        N_("An agreement between two bodies is a yes; access of a service to police files is a no."),
    ),
    "T4": QuestionGuide(
        N_("What one needs to do the same can be had: forms, protocol, manual. If not, the condition is named below."),
        N_("The form is on a website, or the body sends it to whoever asks: yes."),
    ),
    "T5": QuestionGuide(
        N_("It has been done in a second country, and everybody may use the materials."),
        N_("Forms under an open licence, in use in Spain and France: yes."),
    ),
}
