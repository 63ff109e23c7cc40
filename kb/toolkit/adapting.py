"""A conversion kept for a country: the text of an adaptation, which remembers of which texts it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kb.content.frontmatter import FENCE, Value, emit
from kb.content.record import Bundle, Reading, Status
from kb.content.segments import fingerprint, words
from kb.toolkit.answers import Answers
from kb.toolkit.model import Tool

# What says of the tool who looked after it; nobody has done that for the adaptation.
_NOT_TAKEN = ("aliases", "successor", "keeper", "reviewed", "review_due", "same_as", "origin", "version")


def adaptation_id(tool_id: str, country: str) -> str:
    """Return the id of the adaptation of a tool to a country."""
    return f"{tool_id}-{country.lower()}"


def adaptation_text(tool: Bundle, answers: Answers) -> str:
    """Return the file of a new adaptation in the language of the answers: the tool's words, and what was settled.

    Words that the tool does not have in that language stay in its own, to be translated. The answers name a country.
    """
    reading = tool.reading(answers.language)
    record: Tool = tool.record
    facts: dict[str, Value] = {**_facts(record, reading)}
    country = answers.country or ""
    head: dict[str, Value] = {
        "id": adaptation_id(record.id, country),
        "language": answers.language,
        "title": facts.pop("title"),
        "summary": facts.pop("summary"),
        "parent": record.id,
        "parent_version": record.version,
        "country": country,
        "version": "1",
        "status": Status.DRAFT.value,
        "origin": "machine-drafted",
    }
    for key in ("id", "language", "status", *_NOT_TAKEN):
        facts.pop(key, None)
    settled: dict[str, Value] = {
        "chosen": list(_chosen(answers)),
        "filled": list(_filled(answers)),
        "made": list(_made(tool, answers)),
    }
    front = emit(head | facts | {key: value for key, value in settled.items() if value})
    return f"{FENCE}\n{front}{FENCE}\n{''.join(_sections(reading, answers))}"


def _facts(record: Tool, reading: Reading) -> dict[str, Value]:
    """Return the facts of a tool with the words of a language."""
    facts: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    for path, _text in words(record):
        *steps, last = path.split(".")
        place: Any = facts
        for step in steps:
            place = next(row for row in place if row["id"] == step) if isinstance(place, list) else place[step]
        place[last] = reading.text(path)
    return facts


def _chosen(answers: Answers) -> Iterator[dict[str, Value]]:
    for choice, groups in answers.choices.items():
        values: list[Value] = [
            f"{group}={short}" if group else short for group, chosen in sorted(groups.items()) for short in chosen
        ]
        if values:
            yield {"id": choice, "values": values}


def _filled(answers: Answers) -> Iterator[dict[str, Value]]:
    for blank, answer in answers.blanks.items():
        if answer.absent:
            yield {"id": blank, "absent": "yes"}
        elif answer.entries:
            yield {"id": blank, "text": "\n".join(answer.entries)}


def _made(tool: Bundle, answers: Answers) -> Iterator[dict[str, Value]]:
    own: Mapping[str, object] = answers.texts
    for name, text in tool.segments().items():
        row: dict[str, Value] = {"id": name, "parent": fingerprint(text)}
        yield row | ({"own": "yes"} if name in own else {})


def _sections(reading: Reading, answers: Answers) -> Iterator[str]:
    for passage in reading.sections():
        own = answers.texts.get(passage.name)
        text = own.text if own is not None else passage.body
        yield f"## {passage.heading} {{#{passage.name}}}\n\n{text.strip()}\n\n"
