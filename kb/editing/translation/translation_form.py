"""A translation in the editing form: each segment with its source, its state, and the responsible person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kb.editing.forms.body_sections import TEXT, body_of, changed_sections, headings_in, replace_body
from kb.editing.forms.form_values import Posted, plain
from kb.editing.forms.splice_facts import splice_in_order
from kb.kinds.kind import Kind
from kb.records.bundle import read_source
from kb.records.files.generated_lines import made_rows
from kb.records.front_matter import FrontMatter, Value, cut, read_yaml
from kb.records.record import Bundle, State, TranslatedFrom
from kb.records.segments import Section, fingerprint, sections, splice_sections, words

# Control name prefix for the path of a word; sections use the prefixes of `body_sections.py`.
WORDS = "w"
_HEAD = ("title", "summary")
_KEYS = ("language", "words", "made_from")


@dataclass(frozen=True)
class TranslationSegment:
    """One source text with its translation; `text` is empty if there is none, `heading` for words.

    `original` is the source text used for its fingerprint: with its heading if sections are free.
    """

    name: str
    source: str
    text: str
    state: State
    made: TranslatedFrom | None
    is_section: bool
    source_heading: str = ""
    heading: str = ""
    original: str = ""

    @property
    def control(self) -> str:
        """The name of its control."""
        return f"{TEXT if self.is_section else WORDS}.{self.name}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person: missing, older than its source, or an unreviewed machine translation."""
        return self.state in (State.FALLBACK, State.STALE, State.MACHINE)


@dataclass(frozen=True)
class TranslationFile:
    """A translation that the form can show, with its source."""

    kind: Kind
    bundle: Bundle
    language: str
    text: str
    front: FrontMatter
    sections: tuple[Section, ...]

    @property
    def words(self) -> dict[str, Value]:
        """The translated words in the file."""
        found = self.front.values.get("words")
        return found if isinstance(found, dict) else {}

    def segments(self) -> tuple[TranslationSegment, ...]:
        """Return all texts of the source with their translations, in the order in which a reader meets them.

        Title and summary come first, then the sections, then the other facts.
        """
        facts = tuple(self._fact(name, source) for name, source in words(self.bundle.record))
        head = tuple(each for each in facts if each.name in _HEAD)
        rest = tuple(each for each in facts if each.name not in _HEAD)
        return (*head, *(self._section(section) for section in self._sources()), *rest)

    def _sources(self) -> tuple[Section, ...]:
        return tuple(section for section in self.bundle.sections if section.text.strip())

    def _fact(self, name: str, source: str) -> TranslationSegment:
        text = self.words.get(name, "")
        text = text if isinstance(text, str) else ""
        state, made = self._state(name, text), _made_of(self.front, name)
        return TranslationSegment(name, source, text, state, made, is_section=False, original=source)

    def _section(self, source: Section) -> TranslationSegment:
        own = next((section for section in self.sections if section.id == source.id), None)
        return TranslationSegment(
            name=source.id,
            source=source.text,
            text=own.text if own else "",
            state=self._state(source.id, own.text if own else ""),
            made=_made_of(self.front, source.id),
            is_section=True,
            source_heading=source.heading,
            heading=own.heading if own else "",
            original=self.bundle.segments()[source.id],
        )

    def _state(self, name: str, text: str) -> State:
        if not text.strip():
            return State.FALLBACK
        return self.bundle.state(name, self.bundle.segments()[name], _made_of(self.front, name))


def _made_of(front: FrontMatter, name: str) -> TranslatedFrom | None:
    """Return the origin of a segment, or `None` if the file has none that is readable."""
    try:
        return TranslatedFrom.model_validate(made_rows(front).get(name))
    except ValueError:
        return None


def read_translation_file(kind: Kind, record_id: str, source: str, language: str, text: str) -> TranslationFile | None:
    """Return the translation for the form, or `None` if it or its source can only be edited as text."""
    bundle, _, _ = read_source(kind.shape, record_id, source)
    parts = cut(text)
    if bundle is None or parts is None or "\r" in text:
        return None
    front, front_problems = read_yaml(parts.yaml)
    found, body_problems = sections(parts.body)
    if front_problems or body_problems or not front.values:
        return None
    file = TranslationFile(kind, bundle, language, text, front, found)
    fits = all(isinstance(each, str) for each in file.words.values())
    return file if fits and isinstance(front.values.get("words", {}), dict | str) else None


@dataclass(frozen=True)
class Judged:
    """Segments that a person has judged: `still` right though the source changed, or `read` and found right.

    The texts of `proposed` ones are those of a machine, letter by letter.
    """

    still: Collection[str] = ()
    read: Collection[str] = ()
    proposed: Collection[str] = ()


def apply_to_translation(file: TranslationFile, posted: Posted, today: date, judged: Judged | None = None) -> str:
    """Return the text of the translation with all form changes.

    A changed segment becomes a person's, made from the current source; a `proposed` one a machine's. A `read` one also
    counts as reviewed today. A `still` right one follows the current source, and stays a machine's if it was.
    """
    new_words = _new_words(file, posted)
    edits = _section_edits(file, posted)
    text = file.text
    rows = _new_rows(file, judged or Judged(), new_words, edits, today)
    changes: dict[str, Value | None] = {}
    if new_words != file.words:
        changes["words"] = new_words or None
    if rows != made_rows(file.front):
        changes["made_from"] = rows or None
    if changes:
        text = splice_in_order(text, changes, _KEYS)
    if edits:
        order = file.kind.shape.sections or tuple(section.id for section in file.bundle.sections)
        text = replace_body(text, splice_sections(body_of(text), edits, order))
    return text


def _new_words(file: TranslationFile, posted: Posted) -> dict[str, Value]:
    new = dict(file.words)
    for name, _ in words(file.bundle.record):
        was = file.words.get(name, "")
        now = posted.text(f"{WORDS}.{name}", plain(str(was)))
        if now == plain(str(was)):
            continue
        if now.strip():
            new[name] = now.strip()
        else:
            new.pop(name, None)
    return new


def _section_edits(file: TranslationFile, posted: Posted) -> dict[str, tuple[str, str] | None]:
    headings = {section.id: section.heading for section in file.bundle.sections}
    return changed_sections(file.sections, tuple(headings), posted, headings | headings_in(file.kind, file.language))


def _new_rows(
    file: TranslationFile,
    judged: Judged,
    new_words: dict[str, Value],
    edits: dict[str, tuple[str, str] | None],
    today: date,
) -> dict[str, Value]:
    rows = made_rows(file.front)
    new = dict(rows)
    for name, source in file.bundle.segments().items():
        changed = name in edits or new_words.get(name) != file.words.get(name)
        is_there = edits[name] is not None if name in edits else name in new_words or _has_section(file, name)
        if changed and not is_there:
            new.pop(name, None)
        elif not is_there:
            continue
        elif name in judged.read:
            new[name] = _row(source, "person", today)
        elif changed:
            new[name] = _row(source, "machine" if name in judged.proposed else "person")
        elif name in judged.still and (row := _still_right(file, name, source, today)) is not None:
            new[name] = row
    return new


def _row(source: str, by: str, reviewed: date | None = None) -> dict[str, Value]:
    row: dict[str, Value] = {"source": fingerprint(source), "by": by}
    return row if reviewed is None else row | {"reviewed": reviewed.isoformat()}


def _still_right(file: TranslationFile, name: str, source: str, today: date) -> dict[str, Value] | None:
    """Return the new row of a stale segment, else `None`: a fresh one needs no confirmation."""
    made = _made_of(file.front, name)
    if made is None or file.bundle.state(name, source, made) is not State.STALE:
        return None
    return _row(source, made.by, today) if made.by == "person" else _row(source, made.by)


def _has_section(file: TranslationFile, name: str) -> bool:
    return any(section.id == name and section.text.strip() for section in file.sections)
