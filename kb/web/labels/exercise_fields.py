"""Labels, hints and options for the fields of exercises and programmes in the editing form.

Apart because each kind of record with fields of its own has a module of labels.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.exercise.work_methods import METHOD_WORDS

LABELS: Mapping[str, str] = {
    "invented": N_("Are all people and events invented?"),
    "smallest": N_("Minimum group size"),
    "largest": N_("Maximum group size"),
    "opening": N_("Minutes before the first part"),
    "closing": N_("Minutes after the last part"),
    "aims": N_("Aims"),
    "aims.label": N_("What participants will be able to do"),
    "doses": N_("Parts of the story, each with a task"),
    "doses.id": N_("Section"),
    "method": N_("Working method"),
    "work": N_("Minutes for the task"),
    "talk": N_("Minutes for discussion"),
    "asked": N_("Sections with a question and a model answer"),
    "national": N_("What differs by country"),
    "national.fact": N_("Key fact that answers the question"),
    "national.label": N_("Question"),
    "tools": N_("Tools"),
    "audience": N_("For whom"),
    "starts": N_("Start time of each day"),
    "slots": N_("Sessions"),
    "day": N_("Day"),
    "minutes": N_("Minutes"),
    "slots.text": N_("What participants do"),
    "trainer_notes": N_("Notes for trainers"),
    "slots.materials": N_("Materials"),
    "records": N_("Records used"),
}
HINTS: Mapping[str, str] = {
    "invented": N_(
        "Do not use a real case, even with the details changed. Every page tells readers that the case is invented."
    ),
    "doses": N_(
        "Each part has two sections. The section with the part’s ID contains the story. The section whose ID ends in "
        "-task contains the task."
    ),
    "records": N_("Enter one record per line, with its type first, for example exercises/shared-telephone."),
    "asked": N_("The heading of each section is the question. The text is the model answer."),
}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "doses.method": METHOD_WORDS,
    "slots.method": METHOD_WORDS,
}
