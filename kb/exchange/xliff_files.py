"""A translation as XLIFF 2.1, for translators who work in a program of their own, and back into a draft.

A unit is a text of the record; its id is the name of the control in the editor. The XML is parsed with defusedxml, so
that entities are not expanded. A unit that a program has split into several segments is put together again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kb.editing.forms.body_sections import HEADING
from kb.editing.forms.form_values import Posted, plain
from kb.editing.translation.translation_form import Judged, TranslationFile, TranslationSegment, apply_to_translation
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem
from kb.records.record import State
from kb.records.segments import fingerprint

NAMESPACE, VERSION = "urn:oasis:names:tc:xliff:document:2.0", "2.1"
MAX_BYTES = 4 * 1024 * 1024
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SUB = "praxis:"  # what XLIFF has no state for: made by a machine, or older than its source


class XliffState(StrEnum):
    """The states of XLIFF, from the first to the last."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


_ORDER = tuple(XliffState)


@dataclass(frozen=True)
class XliffUnit:
    """A text of an uploaded file; `state` is the first of those of its segments."""

    id: str
    source: str
    target: str
    state: XliffState


@dataclass(frozen=True)
class XliffImport:
    """The text of a translation after an upload, and what became of the units, by the name of their segment.

    `changed` have another source by now, `unfinished` have a new translation with the state `initial`, `unknown` are
    not in the record. All three are left out.
    """

    text: str
    taken: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    unknown: tuple[str, ...] = field(default=())


def to_xliff(file: TranslationFile) -> bytes:
    """Return all texts of a translation as XLIFF, with their states."""
    ElementTree.register_namespace("", NAMESPACE)
    language = file.bundle.record.language
    root = Element(_name("xliff"), {"version": VERSION, "srcLang": language, "trgLang": file.language})
    record = "/".join(file.bundle.key)
    body = ElementTree.SubElement(root, _name("file"), {"id": "record", "original": record, _SPACE: "preserve"})
    for segment in file.segments():
        if _has_heading(file, segment):
            _add(body, f"{HEADING}.{segment.name}", segment, segment.source_heading, segment.heading)
        _add(body, segment.control, segment, segment.source, segment.text)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(body: Element, unit_id: str, segment: TranslationSegment, source: str, target: str) -> None:
    unit = ElementTree.SubElement(body, _name("unit"), {"id": unit_id, "name": segment.name})
    state, more = _state_of(segment)
    attributes = {"state": state.value} | ({"subState": f"{_SUB}{more}"} if more else {})
    part = ElementTree.SubElement(unit, _name("segment"), attributes)
    ElementTree.SubElement(part, _name("source")).text = plain(source)
    if target.strip():
        ElementTree.SubElement(part, _name("target")).text = plain(target)


def _state_of(segment: TranslationSegment) -> tuple[XliffState, str]:
    match segment.state:
        case State.FALLBACK:
            return XliffState.INITIAL, ""
        case State.STALE:
            return XliffState.INITIAL, "stale"
        case State.MACHINE:
            return XliffState.TRANSLATED, "machine"
    is_final = segment.made is not None and segment.made.reviewed is not None
    return XliffState.FINAL if is_final else XliffState.REVIEWED, ""


def read_xliff(data: bytes, file: TranslationFile) -> tuple[XliffUnit, ...]:
    """Return the units of an uploaded file for this translation.

    Raises `Rejected` if it is too large, no XLIFF 2, or of another record or language.
    """
    if len(data) > MAX_BYTES:
        raise _refused("too-large", N_("The file can have at most %(limit)s MB."), limit=MAX_BYTES // 2**20)
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise _refused("not-xliff", N_("The file is not XLIFF 2. Upload a file that you downloaded here.")) from error
    if root.tag != _name("xliff"):
        raise _refused("not-xliff", N_("The file is not XLIFF 2. Upload a file that you downloaded here."))
    languages = root.get("srcLang", ""), root.get("trgLang", "")
    if languages != (file.bundle.record.language, file.language):
        message = N_("The file is for the languages %(found)s. This translation has %(wanted)s.")
        wanted = f"{file.bundle.record.language}, {file.language}"
        raise _refused("other-languages", message, found=", ".join(languages), wanted=wanted)
    bodies = [each for each in root.iter(_name("file")) if each.get("original") == "/".join(file.bundle.key)]
    if not bodies:
        raise _refused("other-record", N_("The file is for another record. Upload the file of this record."))
    return tuple(_read_unit(unit) for body in bodies for unit in body.iter(_name("unit")))


def _refused(code: str, message: str, **params: object) -> Rejected:
    return Rejected([Problem(code, message, ("file",), params=params)])


def _read_unit(unit: Element) -> XliffUnit:
    sources, targets, states = [], [], []
    for part in unit:
        if part.tag not in (_name("segment"), _name("ignorable")):
            continue
        source, target = (_text(part.find(_name(name))) for name in ("source", "target"))
        sources.append(source)
        if part.tag == _name("segment"):
            targets.append(target)
            states.append(_state(part.get("state", "initial")))
        else:  # white space between segments is often left out in the target
            targets.append(target or source)
    target = "".join(targets) if any(each.strip() for each in targets) else ""
    return XliffUnit(unit.get("id", ""), "".join(sources), target, min(states, key=_ORDER.index, default=_ORDER[0]))


def _text(element: Element | None) -> str:
    return plain("".join(element.itertext())) if element is not None else ""


def _state(name: str) -> XliffState:
    return XliffState(name) if name in _ORDER else XliffState.INITIAL


def apply_xliff(file: TranslationFile, units: tuple[XliffUnit, ...], today: date) -> XliffImport:
    """Return the translation with the units of a file.

    A changed text becomes a person's. One that is reviewed or final, changed or not, is read and found right. An empty
    target changes nothing.
    """
    known = dict(_pairs(file))
    values: dict[str, list[str]] = {}
    taken, changed, unfinished, read = list[str](), list[str](), list[str](), set[str]()
    for unit in units:
        if unit.id not in known or not unit.target.strip():
            continue
        segment, source, target = known[unit.id]
        is_new = unit.target.strip("\n") != target.strip("\n")
        is_read = _ORDER.index(unit.state) > max(1, _ORDER.index(_state_of(segment)[0]))
        if not is_new and not is_read:
            continue
        if fingerprint(unit.source) != fingerprint(plain(source)):
            changed.append(segment.name)
        elif unit.state is XliffState.INITIAL:
            unfinished.append(segment.name)
        else:
            taken.append(segment.name)
            values[unit.id] = [unit.target]
            read |= {segment.name} if unit.state in (XliffState.REVIEWED, XliffState.FINAL) else set()
    return XliffImport(
        apply_to_translation(file, Posted(values), today, Judged(read=read)),
        _once(taken),
        _once(changed),
        _once(unfinished),
        _once([unit.id.partition(".")[2] for unit in units if unit.id not in known]),
    )


def _pairs(file: TranslationFile) -> Iterator[tuple[str, tuple[TranslationSegment, str, str]]]:
    for segment in file.segments():
        if _has_heading(file, segment):
            yield f"{HEADING}.{segment.name}", (segment, segment.source_heading, segment.heading)
        yield segment.control, (segment, segment.source, segment.text)


def _has_heading(file: TranslationFile, segment: TranslationSegment) -> bool:
    return file.kind.shape.sections is None and segment.is_section


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"
