"""All blueprints of the site in one list, in the order of the menu."""

from __future__ import annotations

from kb.kinds.registry import KINDS
from kb.web.accounts.one_time_links import bp as accounts_one_time_links
from kb.web.accounts.own_account import bp as accounts_own_account
from kb.web.accounts.people import bp as accounts_people
from kb.web.accounts.second_factor import bp as accounts_second_factor
from kb.web.accounts.second_step import bp as accounts_second_step
from kb.web.accounts.sign_in import bp as accounts_sign_in
from kb.web.answers.views import bp as answers
from kb.web.attachments.views import bp as attachments
from kb.web.audit.views import bp as audit
from kb.web.changes.views import bp as changes
from kb.web.compare.views import bp as compare
from kb.web.countries.help_views import bp as countries_help_views
from kb.web.countries.old_addresses import bp as countries_old_addresses
from kb.web.countries.profile.views import bp as countries_profile
from kb.web.countries.views import bp as countries
from kb.web.desk.changes import bp as desk_changes
from kb.web.desk.discarded_drafts import bp as desk_discarded_drafts
from kb.web.desk.history import bp as desk_history
from kb.web.desk.missing_files import bp as desk_missing_files
from kb.web.desk.redact import bp as desk_redact
from kb.web.desk.review import bp as desk_review
from kb.web.desk.spreadsheets import bp as desk_spreadsheets
from kb.web.desk.suggestion_inbox import bp as desk_suggestion_inbox
from kb.web.desk.translation_matrix import bp as desk_translation_matrix
from kb.web.desk.views import bp as desk
from kb.web.document_export.views import bp as document_export
from kb.web.editor.adaptation.views import bp as editor_adaptation
from kb.web.editor.assessment.views import bp as editor_assessment
from kb.web.editor.autosave import bp as editor_autosave
from kb.web.editor.merge.views import bp as editor_merge
from kb.web.editor.new_record.views import bp as editor_new_record
from kb.web.editor.new_source import bp as editor_new_source
from kb.web.editor.preview import bp as editor_preview
from kb.web.editor.translation.views import bp as editor_translation
from kb.web.editor.views import bp as editor
from kb.web.exercises.views import bp as exercises
from kb.web.following.views import bp as following
from kb.web.gallery.views import bp as gallery
from kb.web.gap_map.views import bp as gap_map
from kb.web.home.language_redirect import bp as home_language_redirect
from kb.web.home.views import bp as home
from kb.web.http.robots_header import bp as http_robots_header
from kb.web.lists.views import bp as lists
from kb.web.machines.embed import bp as machines_embed
from kb.web.machines.health import bp as machines_health
from kb.web.machines.oembed import bp as machines_oembed
from kb.web.machines.short_urls import bp as machines_short_urls
from kb.web.machines.sitemap import bp as machines_sitemap
from kb.web.organisations.views import bp as organisations
from kb.web.pages.views import bp as pages
from kb.web.practices.views import bp as practices
from kb.web.rights.views import bp as rights
from kb.web.search.views import bp as search
from kb.web.search.views import languages as search_languages
from kb.web.self_check.views import bp as self_check
from kb.web.sign_off.ask_views import bp as sign_off_ask
from kb.web.sign_off.owner_views import bp as sign_off_owner
from kb.web.sign_off.views import bp as sign_off
from kb.web.suggestions.adoption_views import bp as suggestions_adoption
from kb.web.suggestions.service_views import bp as suggestions_service
from kb.web.suggestions.submit_views import bp as suggestions_submit
from kb.web.suggestions.views import bp as suggestions
from kb.web.terms.views import bp as terms
from kb.web.themes.views import bp as themes
from kb.web.tools.convert.keep import bp as tools_convert_keep
from kb.web.tools.convert.views import bp as tools_convert
from kb.web.tools.download_stats import bp as tools_download_stats
from kb.web.tools.views import adaptations as tools_adaptations
from kb.web.tools.views import bp as tools
from kb.web.workshops.builder.add_record import bp as workshops_builder_add_record
from kb.web.workshops.builder.exercise_generator import bp as workshops_builder_exercise_generator
from kb.web.workshops.builder.items import bp as workshops_builder_items
from kb.web.workshops.builder.lifecycle import bp as workshops_builder_lifecycle
from kb.web.workshops.builder.presenter_notes import bp as workshops_builder_presenter_notes
from kb.web.workshops.builder.results import bp as workshops_builder_results
from kb.web.workshops.builder.sharing import bp as workshops_builder_sharing
from kb.web.workshops.builder.slots import bp as workshops_builder_slots
from kb.web.workshops.builder.views import bp as workshops_builder
from kb.web.workshops.builder.wall_sheet import bp as workshops_builder_wall_sheet
from kb.web.workshops.public.calendar import bp as workshops_calendar
from kb.web.workshops.public.feedback import bp as workshops_feedback
from kb.web.workshops.public.handouts import bp as workshops_handouts
from kb.web.workshops.public.short_urls import bp as workshops_short_urls
from kb.web.workshops.public.slides import bp as workshops_slides
from kb.web.workshops.public.views import bp as workshops

BLUEPRINTS = (
    # Readers.
    home_language_redirect,
    home,
    search,
    search_languages,
    practices,
    gap_map,
    compare,
    lists,
    themes,
    organisations,
    rights,
    terms,
    changes,
    following,
    countries,
    countries_profile,
    countries_old_addresses,
    answers,
    countries_help_views,
    tools,
    tools_adaptations,
    tools_convert,
    tools_convert_keep,
    tools_download_stats,
    self_check,
    exercises,
    workshops,
    workshops_short_urls,
    workshops_calendar,
    workshops_feedback,
    workshops_slides,
    workshops_handouts,
    pages,
    attachments,
    document_export,
    suggestions,
    suggestions_submit,
    suggestions_service,
    sign_off,
    sign_off_ask,
    sign_off_owner,
    suggestions_adoption,
    # Trainers.
    workshops_builder,
    workshops_builder_slots,
    workshops_builder_items,
    workshops_builder_add_record,
    workshops_builder_exercise_generator,
    workshops_builder_sharing,
    workshops_builder_lifecycle,
    workshops_builder_results,
    workshops_builder_wall_sheet,
    workshops_builder_presenter_notes,
    # People with an account.
    accounts_sign_in,
    accounts_second_step,
    accounts_second_factor,
    accounts_own_account,
    accounts_one_time_links,
    accounts_people,
    audit,
    # Curators.
    desk,
    desk_missing_files,
    desk_discarded_drafts,
    desk_translation_matrix,
    desk_suggestion_inbox,
    desk_review,
    desk_history,
    desk_redact,
    desk_spreadsheets,
    desk_changes,
    editor,
    editor_autosave,
    editor_translation,
    editor_preview,
    editor_new_source,
    editor_merge,
    editor_new_record,
    editor_assessment,
    editor_adaptation,
    # Programs, and programmers.
    machines_health,
    machines_sitemap,
    machines_short_urls,
    machines_embed,
    machines_oembed,
    http_robots_header,
    gallery,
)

# Endpoints of pages without a record for the site map.
SITE_MAP = (
    "home.index",
    "answers.begin",
    *(f"{kind.name}.index" for kind in KINDS if kind.page and kind.page.has_index),
    "rights.index",
    "self_check.index",
    "terms.index",
    "what_changed.index",
    "pages.missing",
    "workshops.index",
    "gaps.index",
    "downloads.index",
    "help.index",
    "search.index",
    "search_languages.index",
)
