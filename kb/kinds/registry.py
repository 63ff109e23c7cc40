"""The list of all kinds of record. A new kind is one more line here, and its own package."""

from __future__ import annotations

from kb.kinds.adaptation.checks import check as check_adaptation
from kb.kinds.adaptation.cross_checks import (
    between_adaptation,
    between_country,
    between_register,
    between_tool,
    missed_by_others,
)
from kb.kinds.country.card import CountryCard
from kb.kinds.country.checks import check as check_country
from kb.kinds.country.checks import links as country_links
from kb.kinds.country.model import COUNTRY
from kb.kinds.country.search_document import to_documents as country_documents
from kb.kinds.country.template import new_country
from kb.kinds.exercise.card import ExerciseCard
from kb.kinds.exercise.checks import check as check_exercise
from kb.kinds.exercise.checks import links as exercise_links
from kb.kinds.exercise.model import EXERCISE
from kb.kinds.exercise.search_document import to_documents as exercise_documents
from kb.kinds.exercise.template import new_exercise, new_programme
from kb.kinds.kind import Kind
from kb.kinds.page.checks import check as check_page
from kb.kinds.page.checks import links as page_links
from kb.kinds.page.model import PAGE
from kb.kinds.page.search_document import to_documents as page_documents
from kb.kinds.page.template import new_page
from kb.kinds.practice.card import PracticeCard
from kb.kinds.practice.checks import check as check_practice
from kb.kinds.practice.checks import links as practice_links
from kb.kinds.practice.model import PRACTICE
from kb.kinds.practice.search_document import to_documents as practice_documents
from kb.kinds.practice.template import new_practice
from kb.kinds.programme.checks import between as between_programme
from kb.kinds.programme.checks import check as check_programme
from kb.kinds.programme.checks import links as programme_links
from kb.kinds.programme.model import PROGRAMME
from kb.kinds.register.checks import check as check_register
from kb.kinds.register.model import REGISTER
from kb.kinds.theme.checks import check as check_theme
from kb.kinds.theme.checks import links as theme_links
from kb.kinds.theme.model import THEME
from kb.kinds.theme.search_document import to_documents as theme_documents
from kb.kinds.theme.template import new_theme
from kb.kinds.tool.card import AdaptationCard, ToolCard
from kb.kinds.tool.checks import check as check_tool
from kb.kinds.tool.links import adaptation_links, register_links, tool_links
from kb.kinds.tool.model import ADAPTATION, TOOL
from kb.kinds.tool.search_document import to_documents as tool_documents
from kb.kinds.tool.template import new_adaptation, new_register, new_tool

KINDS: tuple[Kind, ...] = (
    Kind(
        PRACTICE,
        check=check_practice,
        links=practice_links,
        documents=practice_documents,
        template=new_practice,
        card=PracticeCard,
    ),
    Kind(
        COUNTRY,
        check=check_country,
        links=country_links,
        documents=country_documents,
        template=new_country,
        card=CountryCard,
        between=between_country,
    ),
    Kind(PAGE, check=check_page, links=page_links, documents=page_documents, template=new_page),
    Kind(THEME, check=check_theme, links=theme_links, documents=theme_documents, template=new_theme),
    Kind(
        TOOL,
        check=check_tool,
        links=tool_links,
        documents=tool_documents,
        template=new_tool,
        card=ToolCard,
        between=between_tool,
    ),
    Kind(
        ADAPTATION,
        check=check_adaptation,
        links=adaptation_links,
        documents=tool_documents,
        template=new_adaptation,
        card=AdaptationCard,
        between=between_adaptation,
    ),
    Kind(
        REGISTER,
        check=check_register,
        links=register_links,
        documents=None,
        template=new_register,
        between=between_register,
        missed=missed_by_others,
    ),
    Kind(
        EXERCISE,
        check=check_exercise,
        links=exercise_links,
        documents=exercise_documents,
        template=new_exercise,
        card=ExerciseCard,
    ),
    Kind(
        PROGRAMME,
        check=check_programme,
        links=programme_links,
        documents=None,
        template=new_programme,
        between=between_programme,
    ),
)
