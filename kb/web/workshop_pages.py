"""All pages of workshops, as the application registers them: those of readers, and those of trainers."""

from __future__ import annotations

from kb.web import (
    workshop_builder,
    workshop_calendar,
    workshop_feedback,
    workshop_items,
    workshop_keeping,
    workshop_making,
    workshop_notes,
    workshop_papers,
    workshop_results,
    workshop_sharing,
    workshop_short,
    workshop_slides,
    workshop_slots,
    workshop_taking,
    workshop_wall,
    workshops,
)

FOR_READERS = (
    workshops.bp,
    workshop_short.bp,
    workshop_calendar.bp,
    workshop_feedback.bp,
    workshop_slides.bp,
)
FOR_TRAINERS = (
    workshop_builder.bp,
    workshop_slots.bp,
    workshop_items.bp,
    workshop_making.bp,
    workshop_sharing.bp,
    workshop_keeping.bp,
    workshop_papers.bp,
    workshop_taking.bp,
    workshop_results.bp,
    workshop_wall.bp,
    workshop_notes.bp,
)
