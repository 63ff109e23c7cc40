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
    "others": N_("Other first points of contact"),
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
    "c-01": N_("Which referral model is used for each group of crimes?"),
    "c-02": N_("Does the victim have to consent, and in what form?"),
    "c-03": N_("Which bodies must or may refer victims?"),
    "c-04": N_("Which data are sent? Is the list exhaustive?"),
    "c-05": N_("How much time is allowed to send and confirm a referral and to contact the victim?"),
    "c-06": N_("What happens if the victim says no?"),
    "c-07": N_("What happens if the person cannot be reached?"),
    "c-08": N_("Is there a rule on safe contact?"),
    "c-09": N_("Does the referring body get feedback?"),
    "c-10": N_("Is there one standard form for everyone?"),
    "c-11": N_("Which channel is used in practice?"),
    "c-12": N_("Is there a secure State system that organisations may use?"),
    "c-13": N_("Who is the contact point for cross-border cases?"),
    "c-14": N_(
        "Which rules apply to specific groups: children, victims of sexual violence or trafficking, bereaved families?"
    ),
    "d-01": N_("How many providers are there, and where?"),
    "d-02": N_("Who decides which provider gets a case, and by what rule?"),
    "d-03": N_("Are the providers’ shares of cases published or reviewed?"),
    "d-04": N_("How are providers paid?"),
    "d-05": N_("How do staff and capacity compare with the number of referrals expected?"),
    "d-06": N_("Is there accreditation, and who supervises the providers?"),
    "d-07": N_("Where can a provider complain?"),
    "e-01": N_("Who assesses protection needs, when, and with which form?"),
    "e-02": N_("Which risk assessment instrument is used for domestic violence?"),
    "e-03": N_("Is there a duty to assess support needs? Is there an instrument, and a plan?"),
    "e-04": N_("Is help available before an assessment?"),
    "e-05": N_("Who sees the result, and is it disclosed to the suspect?"),
    "e-06": N_("When is the assessment updated?"),
    "e-07": N_("Have data on reliability or validity been published?"),
    "i-01": N_("What must victims be told at first contact?"),
    "i-02": N_("Does the information name general support services?"),
    "i-03": N_("Is there a standard document in plain language? In which versions?"),
    "i-04": N_("In which languages is information given?"),
    "i-05": N_("Is there an easy-to-read version that readers have checked?"),
    "i-06": N_("Is a signature requested?"),
    "i-07": N_("Is information repeated at later stages?"),
    "i-08": N_("Is there a single contact point for questions about the case?"),
}

KEY_FACTS: Mapping[str, str] = {
    "f-emergency": N_("Emergency number"),
    "f-emergency-text": N_("Emergency contact by text message or app"),
    "f-helpline": N_("General helpline for victims"),
    "f-helplines-special": N_("Helplines for specific groups of victims"),
    "f-crisis-line": N_("Crisis and suicide prevention helpline"),
    "f-generic": N_("Support services for all victims"),
    "f-specialised": N_("Specialised support services"),
    "f-coordinator": N_("Coordinating authority"),
    "f-police": N_("Police forces and their contact points"),
    "f-law-support": N_("Law on victim support"),
    "f-law-procedure": N_("Law on information and rights in proceedings"),
    "f-law-referral": N_("Rules on passing on victims’ details"),
    "f-law-dv": N_("Law on domestic violence"),
    "f-law-trafficking": N_("Law on human trafficking and the national referral mechanism"),
    "f-law-gdpr": N_("National data protection law"),
    "f-law-police-data": N_("National law on police data"),
    "f-dpa": N_("Data protection authority"),
    "f-age": N_("Age of majority, and ages for deciding on support and on data"),
    "f-duty-report": N_("Duty to report a crime or a child at risk"),
    "f-duty-inform": N_("Duty to inform another body about a client"),
    "f-retention": N_("Rules on how long records are kept"),
    "f-limits": N_("Time limits for referral, confirmation and contact"),
    "f-compensation": N_("State compensation"),
    "f-comp-abroad": N_("Authority that assists with cross-border compensation"),
    "f-legal-aid": N_("Legal aid"),
    "f-interpreter": N_("Interpretation"),
    "f-report": N_("Where and how to report"),
    "f-own-complaint": N_("Victim’s own complaint and its time limit"),
    "f-ack": N_("Acknowledgement of a report"),
    "f-case-info": N_("Information about the case: whom to ask"),
    "f-release": N_("Notification of release or escape"),
    "f-complaints": N_("Where to complain"),
    "f-restorative": N_("Restorative justice"),
    "f-forensic": N_("Forensic medical care without a police report"),
    "f-medical-doc": N_("Medical evidence of an injury"),
    "f-expenses": N_("Expenses for taking part in proceedings"),
    "f-easy-readers": N_("Who checks easy-to-read texts"),
    "f-terms": N_("National terms: legal and plain"),
    "f-training": N_("Training: duty and provider"),
    "f-stat-owner": N_("Who collects statistics"),
    "f-languages": N_("Languages in which help is offered"),
    "f-risk-instrument": N_("Risk assessment instrument and its levels"),
    "f-protection-assessment": N_("How protection needs are assessed"),
    "f-support-assessment": N_("Duty to assess support needs"),
    "f-national-channel": N_("Secure State system"),
    "f-accreditation": N_("Accreditation of support services and their supervisory body"),
    "f-first-contact": N_("Bodies that must or may refer victims"),
    "f-model": N_("Referral model used"),
}
