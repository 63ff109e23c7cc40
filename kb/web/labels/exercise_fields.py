"""Labels, hints and options for the fields of exercises and programmes in the editing form.

Apart because each kind of record with fields of its own has a module of labels.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.exercise.work_methods import METHOD_WORDS

LABELS: Mapping[str, str] = {
    "invented": N_("Are all persons and events invented?"),
    "smallest": N_("Smallest group"),
    "largest": N_("Largest group"),
    "opening": N_("Minutes before the first dose"),
    "closing": N_("Minutes to end with"),
    "aims": N_("Aims"),
    "aims.label": N_("What one can do afterwards"),
    "doses": N_("Doses of the story, each with a task"),
    "doses.id": N_("Section in which it stands"),
    "method": N_("How people work"),
    "work": N_("Minutes of work"),
    "talk": N_("Minutes of talking about it"),
    "asked": N_("Sections with a question and its model answer"),
    "national": N_("What differs by country"),
    "national.fact": N_("Key fact that answers it"),
    "national.label": N_("Question"),
    "tools": N_("Tools"),
    "audience": N_("For whom it is"),
    "starts": N_("When each day begins"),
    "slots": N_("Sessions"),
    "day": N_("Day"),
    "minutes": N_("Minutes"),
    "slots.text": N_("What is done"),
    "trainer_notes": N_("Notes for the trainer"),
    "slots.materials": N_("What is needed"),
    "records": N_("Records that are worked with"),
}
HINTS: Mapping[str, str] = {
    "invented": N_("No real case is told in disguise. Readers are told on every page that all of it is invented."),
    "doses": N_("The story of a dose is the section of its id; its task is the section with -task behind."),
    "records": N_("One per line, with its kind: exercises/shared-telephone."),
    "asked": N_("The heading of such a section is the question, its text the model answer."),
}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "doses.method": METHOD_WORDS,
    "slots.method": METHOD_WORDS,
}
