"""Makes the files of an adaptation from a conversion, in the answers' language and in other languages of the tool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kb.content_store.record_source import RecordSource
from kb.conversion.adaptation_text import adaptation_id, adaptation_text
from kb.conversion.adaptation_translation import said, translation_text
from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion
from kb.conversion.load import TOOLS, load_conversion
from kb.conversion.settled_answers import Settlement, settlement
from kb.errors import Rejected
from kb.i18n import N_
from kb.kinds.adaptation.model import ADAPTATION
from kb.problems import Problem, errors
from kb.records.bundle import SOURCE, read_source, read_translation
from kb.records.record import Bundle, State
from kb.speech import Speech


@dataclass(frozen=True)
class Adapted:
    """A new adaptation: the text of each file by part, and the number of untranslated texts by language.

    The number for the adaptation's own language counts the texts that are still in the tool's language.
    """

    record_id: str
    texts: Mapping[str, str]
    untranslated: Mapping[str, int]


def adapt(
    shelf: RecordSource,
    tool_id: str,
    answers: ConversionAnswers,
    speech: Callable[[str], Speech],
    today: date,
    *,
    also: Iterable[str] = (),
    own: Mapping[str, ConversionAnswers] | None = None,
) -> Adapted:
    """Return the adaptation of a published tool with these answers, also in the languages of `also` and `own`.

    `own` maps a language to answers that hold the user's own texts in it. Raises `NotFound` for an unknown tool, and
    `Rejected`.
    """
    own = own or {}
    if found := [problem for each in (answers, *own.values()) for problem in _other_tool(tool_id, each)]:
        raise Rejected(found)
    here = load_conversion(shelf, TOOLS, tool_id, answers, speech(answers.language), today)
    settled = settlement(here)
    source, bundle = _write_source(here, settled)
    texts, waiting = {**source.texts}, {**source.untranslated}
    for language in dict.fromkeys((*also, *own)):
        there = _there(shelf, settled.answers, language, own.get(language), speech, today)
        in_other = said(settled.answers, here, there, own.get(language))
        texts[language] = translation_text(bundle, there.tool, settled.answers.texts, in_other)
        waiting[language] = _missing(bundle, language, texts[language])
    return Adapted(source.record_id, texts, waiting)


def adapt_conversion(here: Conversion) -> Adapted:
    """Return the adaptation of a conversion, only in the language of its answers. Raises `Rejected`."""
    return _write_source(here, settlement(here))[0]


def _write_source(here: Conversion, settled: Settlement) -> tuple[Adapted, Bundle]:
    """Return the adaptation in the language of its answers, and its record."""
    tool = here.tool.bundle
    record_id = adaptation_id(here.tool.id, settled.answers.country or "")
    text = adaptation_text(tool, settled, here.today)
    bundle, _front, problems = read_source(ADAPTATION, record_id, text)
    if bundle is None:
        raise Rejected(errors(problems))
    return Adapted(record_id, {SOURCE: text}, {here.answers.language: _fallbacks(tool, settled)}), bundle


def _other_tool(tool_id: str, answers: ConversionAnswers) -> Iterator[Problem]:
    if answers.tool != tool_id:
        message = N_("This file belongs to another tool: %(tool)s.")
        yield Problem("other-tool", message, params={"tool": answers.tool})


def _there(
    shelf: RecordSource,
    settled: ConversionAnswers,
    language: str,
    own: ConversionAnswers | None,
    speech: Callable[[str], Speech],
    today: date,
) -> Conversion:
    if language == settled.language:
        message = N_("The adaptation is already in %(language)s. Select another language for the translation.")
        raise Rejected([Problem("same-language", message, params={"language": language})])
    if shelf.reading(TOOLS, settled.tool, language).is_fallback:
        message = N_("The tool is not available in %(language)s. Translate the tool first.")
        raise Rejected([Problem("no-translation", message, params={"language": language})])
    blanks = own.blanks if own is not None else {}
    return load_conversion(
        shelf,
        TOOLS,
        settled.tool,
        settled.model_copy(update={"language": language, "blanks": blanks, "texts": {}}),
        speech(language),
        today,
    )


def _fallbacks(tool: Bundle, settled: Settlement) -> int:
    passages = tool.reading(settled.answers.language).passages.values()
    return sum(each.state is State.FALLBACK and each.name not in settled.answers.texts for each in passages)


def _missing(bundle: Bundle, language: str, text: str) -> int:
    translation, _front, problems = read_translation(bundle, language, text)
    if translation is None:
        raise Rejected(errors(problems))
    return len(bundle.segments().keys() - translation.segments(bundle.shape).keys())
