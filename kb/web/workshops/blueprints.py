"""All pages of workshops, as the application registers them: those of readers, and those of trainers."""

from __future__ import annotations

from kb.web.workshops.builder import (
    add_record,
    exercise_generator,
    items,
    lifecycle,
    presenter_notes,
    sharing,
    slots,
    wall_sheet,
)
from kb.web.workshops.builder import results as workshop_results
from kb.web.workshops.builder import views as workshop_builder
from kb.web.workshops.public import calendar, feedback, handouts, short_urls, slides
from kb.web.workshops.public import views as workshops

FOR_READERS = (
    workshops.bp,
    short_urls.bp,
    calendar.bp,
    feedback.bp,
    slides.bp,
)
FOR_TRAINERS = (
    workshop_builder.bp,
    slots.bp,
    items.bp,
    exercise_generator.bp,
    sharing.bp,
    lifecycle.bp,
    handouts.bp,
    add_record.bp,
    workshop_results.bp,
    wall_sheet.bp,
    presenter_notes.bp,
)
