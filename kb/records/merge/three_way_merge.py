"""Three-way merge of a file, by segment and by field.

*Theirs* is the current text, *yours* the text that is to replace it, *base* the common ancestor. A change on one side
is taken. If both sides change the same thing differently, the merged text keeps theirs unless the user chose otherwise.
Yours is then returned with the clash. So every text of yours is in the merged text or in a clash.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from kb.records.front_matter import Value, cut, read_yaml, splice
from kb.records.merge.bodies import merge_sections, with_sections
from kb.records.merge.values import Clash, Joined, MergeChoice, Merging, Where
from kb.records.segments import Section, sections

__all__ = ["Clash", "Joined", "Merge", "MergeChoice", "Where", "merge"]

WORDS, MADE_FROM = "words", "made_from"
# Puts changed top-level keys into a file; `None` removes one. Raises `ValueError`.
Splice = Callable[[str, Mapping[str, Value | None]], str]


@dataclass(frozen=True)
class Merge:
    """The merged text, the conflicting changes, and the changes that were merged automatically."""

    text: str
    clashes: tuple[Clash, ...] = ()
    joined: tuple[Joined, ...] = ()

    def loses(self, choices: Mapping[str, MergeChoice]) -> bool:
        """Return whether these choices drop a change of yours; `BOTH` counts as theirs without a joint value."""
        return any(
            (choice := choices.get(clash.name, MergeChoice.THEIRS)) is MergeChoice.THEIRS
            or (choice is MergeChoice.BOTH and clash.both is None)
            for clash in self.clashes
        )


@dataclass(frozen=True)
class _MergeFile:
    """A parsed file; an empty text is a file without facts and sections."""

    text: str
    values: dict[str, Value]
    sections: dict[str, Section]

    def segment(self, name: str) -> str | None:
        """Return the text of a translated segment: a word by its path, or a section by its id."""
        words = self.values.get(WORDS)
        word = words.get(name) if isinstance(words, dict) else None
        if word is None and name in self.sections:
            return self.sections[name].text
        return word if isinstance(word, str) else None

    def rows(self) -> dict[str, Value]:
        """Return the rows of `made_from`."""
        rows = self.values.get(MADE_FROM)
        return rows if isinstance(rows, dict) else {}


def merge(
    base: str,
    theirs: str,
    yours: str,
    *,
    choices: Mapping[str, MergeChoice] | None = None,
    made: Collection[str] = (),
    write: Splice = splice,
) -> Merge:
    """Return the merged text of a file; all unchanged bytes are those of `theirs`.

    `choices` maps the names of clashes to the value to keep. `made` are keys that the program generates; they are taken
    from theirs. `write` puts changed facts into a file. A file that cannot be parsed is merged as one piece.
    """
    if yours in (base, theirs):
        return Merge(theirs)
    if theirs == base:
        return Merge(yours)
    files = [_read(text) for text in (base, theirs, yours)]
    merging = Merging(choices or {})
    if files[0] is not None and files[1] is not None and files[2] is not None and theirs:
        try:
            text = _merged(merging, files[0], files[1], files[2], made, write)
        except ValueError:  # the merged text would not read back correctly
            merging = Merging(choices or {})
        else:
            return Merge(text, tuple(merging.clashes), tuple(merging.joined))
    return Merge(str(merging.clash(("text",), base, theirs, yours, None) or ""), tuple(merging.clashes))


def _read(text: str) -> _MergeFile | None:
    if not text.strip():
        return _MergeFile(text, {}, {})
    parts = cut(text)
    if parts is None or "\r" in text:
        return None
    front, problems = read_yaml(parts.yaml)
    found, body_problems = sections(parts.body)
    if problems or body_problems:
        return None
    return _MergeFile(text, front.values, {section.id: section for section in found})


def _merged(
    merging: Merging, base: _MergeFile, theirs: _MergeFile, yours: _MergeFile, made: Collection[str], write: Splice
) -> str:
    """Return the merged text. Raises `ValueError` if it would not read back correctly."""
    facts: dict[str, Value | None] = {}
    for key in dict.fromkeys((*base.values, *theirs.values, *yours.values)):
        if key in made:
            facts[key] = theirs.values.get(key)
        elif key != MADE_FROM:
            was = base.values.get(key)
            facts[key] = merging.value((key,), was, theirs.values.get(key), yours.values.get(key))
    order, wanted = merge_sections(merging, base.sections, theirs.sections, yours.sections)
    segments = _segments(facts.get(WORDS), {key: text for key, (_, text) in wanted.items()})
    if rows := _made_from(merging, base, theirs, yours, segments):
        facts[MADE_FROM] = rows
    elif MADE_FROM in theirs.values:
        facts[MADE_FROM] = None
    changes = {key: value for key, value in facts.items() if value != theirs.values.get(key)}
    text = write(theirs.text, changes) if changes else theirs.text
    text = with_sections(text, wanted, order)
    return _proven(text, facts, wanted)


def _proven(text: str, facts: Mapping[str, Value | None], wanted: Mapping[str, tuple[str, str]]) -> str:
    again = _read(text)
    values = {key: value for key, value in facts.items() if value is not None}
    pieces = {key: (section.heading, section.text.strip()) for key, section in again.sections.items()} if again else {}
    if again is None or again.values != values or pieces != {key: (h, t.strip()) for key, (h, t) in wanted.items()}:
        message = "the merged file does not read back"
        raise ValueError(message)
    return text


def _segments(words: Value | None, bodies: Mapping[str, str]) -> dict[str, str]:
    found = {name: word for name, word in words.items() if isinstance(word, str)} if isinstance(words, dict) else {}
    return {**bodies, **found}


def _made_from(
    merging: Merging, base: _MergeFile, theirs: _MergeFile, yours: _MergeFile, segments: Mapping[str, str]
) -> dict[str, Value]:
    """Return the origin of each translated text, taken from the same side as the text."""
    names = dict.fromkeys(name for file in (theirs, yours, base) for name in file.rows())
    found: dict[str, Value] = {}
    for name in names:
        theirs_text, yours_text, text = theirs.segment(name), yours.segment(name), segments.get(name)
        was, their_row, your_row = base.rows().get(name), theirs.rows().get(name), yours.rows().get(name)
        if text is None and (theirs_text is not None or yours_text is not None):
            continue
        if theirs_text == yours_text:
            row = merging.whole((MADE_FROM, name), was, their_row, your_row)
        elif text == theirs_text:
            row = their_row
        elif text == yours_text:
            row = your_row
        else:
            row = _joint_row(was, their_row, your_row)
        if row is not None:
            found[name] = row
    return found


def _joint_row(was: Value | None, theirs: Value | None, yours: Value | None) -> Value | None:
    """Return the row for a text that two people wrote: it has the older source of both and counts as not reviewed."""
    if not (isinstance(theirs, dict) and isinstance(yours, dict)):
        return None
    old = was.get("source") if isinstance(was, dict) else None
    sources = [each.get("source") for each in (theirs, yours)]
    source = sources[0] if sources[0] == sources[1] else old
    if not isinstance(source, str):
        return None
    return {"source": source, "by": "person" if "person" in (theirs.get("by"), yours.get("by")) else "machine"}
