"""The content texts that the site ships."""

from __future__ import annotations

from kb.cli.content import USED_TEXTS
from kb.content_store.reference_data import ReferenceData
from kb.i18n import LANGUAGES
from kb.texts.checks import usage_problems


def test_every_text_is_there_in_every_language_with_its_placeholders(knowledge: ReferenceData) -> None:
    assert [str(problem) for problem in knowledge.problems] == []
    assert [str(problem) for problem in usage_problems(knowledge.texts, USED_TEXTS)] == []
    texts = [text for file in knowledge.texts.files.values() for text in file.values()]
    assert [text.id for text in texts if text.words.keys() != LANGUAGES.keys()] == []
