"""Countries side by side as CSV for spreadsheets. Apart because every feature makes its files in `files.py`."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response

from kb.web.countries.profile.answers import AnswerView
from kb.web.countries.profile.comparison import CountryComparison
from kb.web.http.i18n import gettext as _
from kb.web.parts.csv_file import csv_response


def to_csv(page: CountryComparison) -> Response:
    """Return the comparison as a file to save, named by its countries."""
    return csv_response(f"praxis-{'-'.join(code.lower() for code in page.codes)}.csv", _rows(page))


def _rows(page: CountryComparison) -> Iterator[tuple[str, ...]]:
    """Yield a row for each question and country."""
    yield (
        *(_("Theme"), _("Question"), _("Country"), _("Answer"), _("Explanation"), _("Year")),
        *(_("Checked on"), _("Sources"), _("Language of the text")),
    )
    for group in page.groups:
        for line in group.lines:
            for code, answer in zip(page.codes, line.answers, strict=True):
                yield _row(group.title, line.question, code, answer)


def _row(title: str, question: str, code: str, answer: AnswerView) -> tuple[str, ...]:
    said = (": ".join(part for part in (each.label, each.plain) if part) for each in answer.texts)
    texts = "\n".join(said)
    sources = "; ".join(f"{source.text} {source.address}".strip() for source in answer.support.sources)
    language = next((each.language for each in answer.texts), "")
    return (title, question, code, answer.words, texts, answer.support.year, answer.support.checked, sources, language)
