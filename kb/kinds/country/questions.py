"""The questions that a country profile answers, and the key facts that tools take from it.

Themes and actors form the grid, with cell ids such as `t1-police`. The ids of the other questions begin with the
letter of their part. The wording is our own; parts and numbers follow the project's list of questions.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_

THEMES: Mapping[str, str] = {
    "t1": N_("Referral"),
    "t2": N_("Secure channels"),
    "t3a": N_("Assessment of protection needs"),
    "t3b": N_("Assessment of support needs"),
    "t4": N_("Information"),
}
ACTORS: Mapping[str, str] = {
    "police": N_("Police"),
    "prosecution": N_("Prosecution"),
    "courts": N_("Courts"),
    "support": N_("Support organisations"),
    "others": N_("Other bodies of first contact"),
}
CELLS: Mapping[str, tuple[str, str]] = {f"{theme}-{actor}": (theme, actor) for theme in THEMES for actor in ACTORS}

# Part letter → its heading; then question id → wording.
PARTS: Mapping[str, str] = {
    "c": N_("Referral in depth"),
    "d": N_("Fairness and capacity"),
    "e": N_("Assessment in depth"),
    "i": N_("Information in depth"),
}
QUESTIONS: Mapping[str, str] = {
    "c-01": N_("Which model of referral is used for each group of crimes?"),
    "c-02": N_("Does the victim have to agree, and in which form?"),
    "c-03": N_("Which bodies must or may refer?"),
    "c-04": N_("Which data are sent? Is the list closed?"),
    "c-05": N_("How much time is there to send, to confirm and to contact?"),
    "c-06": N_("What happens after a no?"),
    "c-07": N_("What happens when the person cannot be reached?"),
    "c-08": N_("Is there a rule on safe contact?"),
    "c-09": N_("Does the sender hear back?"),
    "c-10": N_("Is there one form for all?"),
    "c-11": N_("Which channel is really used?"),
    "c-12": N_("Is there a secure State system that organisations may use?"),
    "c-13": N_("Who is the contact point for cases across borders?"),
    "c-14": N_("Which rules hold for groups: children, sexual violence, trafficking, bereaved families?"),
    "d-01": N_("How many providers are there, and where?"),
    "d-02": N_("Who decides which provider gets a case, and by which rule?"),
    "d-03": N_("Are the shares of providers published or reviewed?"),
    "d-04": N_("How are providers paid?"),
    "d-05": N_("How do staff and capacity compare with the referrals to be expected?"),
    "d-06": N_("Is there accreditation, and who supervises?"),
    "d-07": N_("Where can a provider complain?"),
    "e-01": N_("Who assesses protection needs, when and with which form?"),
    "e-02": N_("Which risk instrument is used for domestic violence?"),
    "e-03": N_("Is there a duty to assess support needs, an instrument, a plan?"),
    "e-04": N_("Is help reachable before an assessment?"),
    "e-05": N_("Who sees the result, and does it reach the suspect?"),
    "e-06": N_("When is the assessment renewed?"),
    "e-07": N_("Has reliability or validity been published?"),
    "i-01": N_("What must be told at first contact?"),
    "i-02": N_("Are general support services named?"),
    "i-03": N_("Is there a standard document in plain language, and in which versions?"),
    "i-04": N_("In which languages is information given?"),
    "i-05": N_("Is there an easy-to-read version, checked by readers?"),
    "i-06": N_("Is a signature asked for?"),
    "i-07": N_("Is information repeated at later stages?"),
    "i-08": N_("Is there one place to ask about the case?"),
}

KEY_FACTS: Mapping[str, str] = {
    "f-emergency": N_("Emergency number"),
    "f-emergency-text": N_("Emergency by text message or app"),
    "f-helpline": N_("General line for victims"),
    "f-helplines-special": N_("Helplines for specific groups of victims"),
    "f-crisis-line": N_("Crisis and suicide prevention helpline"),
    "f-generic": N_("Support services for all victims"),
    "f-specialised": N_("Specialised support services"),
    "f-coordinator": N_("Coordinating authority"),
    "f-police": N_("Police forces and their contact function"),
    "f-law-support": N_("Law on support for victims"),
    "f-law-procedure": N_("Law on information and rights in proceedings"),
    "f-law-referral": N_("Rule on passing on victims' details"),
    "f-law-dv": N_("Law on domestic violence"),
    "f-law-trafficking": N_("Law on trafficking and the national mechanism"),
    "f-law-gdpr": N_("National data-protection law"),
    "f-law-police-data": N_("National law on police data"),
    "f-dpa": N_("Data-protection authority"),
    "f-age": N_("Ages: majority, own decision on support and on data"),
    "f-duty-report": N_("Duty to report a crime or a child at risk"),
    "f-duty-inform": N_("Duty to inform another body about a client"),
    "f-retention": N_("Rules on how long records are kept"),
    "f-limits": N_("Time limits to send, confirm and contact"),
    "f-compensation": N_("State compensation"),
    "f-comp-abroad": N_("Authority that assists with compensation across borders"),
    "f-legal-aid": N_("Legal aid"),
    "f-interpreter": N_("Interpretation"),
    "f-report": N_("Where and how to report"),
    "f-own-complaint": N_("Own complaint of the victim, and its time limit"),
    "f-ack": N_("Receipt for a report"),
    "f-case-info": N_("News of the case: whom to ask"),
    "f-release": N_("Notice of release or escape"),
    "f-complaints": N_("Where to complain"),
    "f-restorative": N_("Restorative justice"),
    "f-forensic": N_("Forensic care without a report"),
    "f-medical-doc": N_("Medical proof of an injury"),
    "f-expenses": N_("Expenses of taking part in proceedings"),
    "f-easy-readers": N_("Who checks easy-to-read texts"),
    "f-terms": N_("The words of the country: legal term and plain term"),
    "f-training": N_("Training: duty and provider"),
    "f-stat-owner": N_("Who counts"),
    "f-languages": N_("Languages in which help is offered"),
    "f-risk-instrument": N_("Risk instrument and its levels"),
    "f-protection-assessment": N_("How protection needs are assessed"),
    "f-support-assessment": N_("Duty to assess support needs"),
    "f-national-channel": N_("Secure State system"),
    "f-accreditation": N_("Accreditation of support services and their supervisor"),
    "f-first-contact": N_("Bodies that must or may refer"),
    "f-model": N_("Model of referral in force"),
}
