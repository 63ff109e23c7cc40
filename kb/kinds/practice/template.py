"""Template of the source file of a new practice: every key with a comment, every section with its heading."""

from __future__ import annotations

from kb.kinds.practice.model import SECTIONS

# The section headings of our records in each language of the site, in the order of the sections.
HEADINGS: dict[str, tuple[str, ...]] = {
    "en": (
        *("The problem", "What it is", "How it works", "How it was set up", "Results", "Why it should work"),
        *("What it costs", "Problems and limits", "Requirements for transfer", "Lessons"),
    ),
    "it": (
        *("Il problema", "Che cos'è", "Come funziona", "Come è nata", "Risultati", "Perché dovrebbe funzionare"),
        *("Quanto costa", "Problemi e limiti", "Condizioni per trasferirla", "Che cosa insegna"),
    ),
    "lt": (
        *("Problema", "Kas tai", "Kaip veikia", "Kaip sukurta", "Rezultatai", "Kodėl turėtų veikti"),
        *("Kiek kainuoja", "Sunkumai ir ribos", "Ko reikia perkeliant", "Ko išmokta"),
    ),
    "pt": (
        *("O problema", "O que é", "Como funciona", "Como foi criada", "Resultados", "Porque deve funcionar"),
        *("Quanto custa", "Problemas e limites", "O que exige a transferência", "Lições"),
    ),
    "ro": (
        *(
            "Problema",
            "Ce este",
            "Cum funcționează",
            "Cum a fost creată",
            "Rezultate",
            "De ce ar trebui să funcționeze",
        ),
        *("Cât costă", "Probleme și limite", "Ce presupune transferul", "Lecții"),
    ),
}

_FACTS = """\
---
id: {id}
language: {language}
# What it is, in words another country would understand.
title:
# Its title where it is in use, and the language of that title.
original_title:
original_language:
# Names and abbreviations people use for it, such as [MARAC]; not translated.
names: []
# Two or three sentences, at most 350 characters, in double quotes: what, where, for whom, and its one lesson.
summary:
# The verdict in one sentence, at most 180 characters: what it does for whom, and whether an effect was measured.
short:
# What a reader can do on Monday with a desk and a telephone; at most 300 characters.
first_step:
# ISO codes in capital letters, such as [PT]; EU for what is not one country's.
countries: []
regions: []
# local, regional, national or cross-border
level:
# Ids of terms from content/vocabularies; take the narrowest that fits. At least one area.
areas: []
actors: []
victim_groups: []
crime_types: []
stages: []
document_types: []
# - {{id: o1, name: "…", role: lead}}                 lead, partner or funder
organisations: []
# - {{id: l1, celex: 32012L0029, articles: [8], checked: no}}
# - {{id: l2, text: "…", country: PT, checked: no}}   national law: name, number, article
legal_basis: []
start_year:
end_year:
implementation_status:
# rare, some-countries, common or not-known
prevalence:
# Keys below it: used (yes, no, not-known), kinds (terms), note.
secure_channel:
# What is sent: - {{id: d1, label: "…"}}
data_fields: []
# - {{id: t1, value: 3 days, label: "…"}}
time_limits: []
# How people are shared fairly among providers.
distribution_rule:
# - {{id: a1, by: machine, on: 2026-11-25, answers: {{G1: yes, G2: yes, G3: yes, G4: yes, Q1: yes, Q2: no, D1: no,
#    T1: no}}}}                                        the questions are on the method page
assessments: []
# - {{id: e1, portal: "…", grade: "…", year: 2024, address: "https://…"}}
external_ratings: []
# - {{id: c1, label: "…"}}
transfer_conditions: []
tried_in: []
# Keys below it: staff, money, law, data_protection, time; leave out what is not known.
needs:
# Keys below it: text, year, sources; who does the work, how many posts and at which hours, or what was looked at.
staff_line:
# Keys below it: text, year, sources; one sentence with the figure and what it covers, or what was looked at.
cost_line:
# Keys below it: name, address, email, number, source, checked; an organisation, never a private person.
contact:
# - {{id: f1, value: "120", label: "…", year: 2024, source: s1}}
figures: []
# - {{id: s1, title: "…", address: "https://…", publisher: "…", year: 2024, language: {language}, kind: report,
#    accessed: 2026-11-25}}
# kind: law, official, evaluation, scientific, report, organisation or press. The text points here with [^s1].
sources: []
# The form, protocol or script itself, from the address of its owner.
# - {{id: m1, title: "…", owner: "…", address: "https://…", language: {language}, kind: doc-form, licence: "…"}}
materials: []
# Ids of practices that share steps or instruments.
related: []
# What was looked for and not found: - {{id: n1, text: "…"}}
not_found: []
# Keys below it: by (the organisation), on. Only if it confirmed the record in writing.
confirmed:
# screened, contacted, documented, validated or synthesised
validation:
# Only where an assessment answers G3 with no: the conflict with victims' rights or data law.
warning:
# draft, published or retired
status: draft
licence: CC-BY-4.0
---
"""


def new_practice(record_id: str, language: str) -> str:
    """Return a source file whose only problems are missing values.

    A key without a value counts as absent, so empty keys may stay until their value is known.
    """
    headings = HEADINGS.get(language, HEADINGS["en"])
    body = "\n".join(f"## {heading} {{#{section}}}\n" for section, heading in zip(SECTIONS, headings, strict=True))
    return _FACTS.format(id=record_id, language=language) + body
