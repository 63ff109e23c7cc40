"""Frozen records for tests of what is made from them, and voices that say everything in English and in Lithuanian."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kb.content.bundle import SOURCE, read_bundle
from kb.law.store import load_law
from kb.practices.model import PRACTICE
from kb.speech import Speech
from kb.vocabulary.model import Vocabularies
from kb.vocabulary.store import load_vocabularies
from kb.workshops.facts import Facts
from kb.workshops.freezing import Stand, frozen_texts
from kb.workshops.frozen_item import Frozen, Held
from kb.workshops.making.material import Material
from kb.workshops.making.voice import Voice

CONTENT = Path(__file__).parents[3] / "content"
VRD = "32012L0029"


@cache
def vocabularies() -> Vocabularies:
    return load_vocabularies(CONTENT / "vocabularies")[0]


@cache
def voice(code: str) -> Voice:
    speech = Speech(code, str, lambda one, more, number: one if number == 1 else more)
    return Voice(speech, vocabularies(), load_law(CONTENT / "law", vocabularies())[0])


def voices(*codes: str) -> dict[str, Voice]:
    return {code: voice(code) for code in codes or ("en",)}


def frozen(
    record: str,
    texts: Mapping[str, str],
    facts: Mapping[str, Any],
    *,
    language: str = "en",
    body: Sequence[str] = (),
    headings: Mapping[str, str] | None = None,
) -> Frozen:
    kind, _, record_id = record.partition("/")
    heads = headings or {}
    passages = [
        {
            "name": name,
            "text": f"## {heads[name]} {{#{name}}}\n\n{text}" if name in heads else text,
            "language": language,
            "state": "original",
            "by": None,
            "reviewed": None,
            "heading": heads.get(name),
        }
        for name, text in texts.items()
    ]
    values = {
        "format": 1,
        "kind": kind,
        "id": record_id,
        "language": language,
        "parts": {"source": 4},
        "facts": facts,
        "lines": [],
        "passages": passages,
        "body": list(body),
        "attached": {},
    }
    return Frozen(json.dumps(values))


def a_practice(name: str = "walls", *, texts: Mapping[str, str] | None = None, **facts: Any) -> Material:
    """Return a practice of Portugal that began in 2012, with these facts and texts beside."""
    said = {"title": "Stone walls", "summary": "Walls.", **(texts or {})}
    known = {"countries": ["PT"], "start_year": "2012", **facts}
    body = [each for each in said if each in ("problem", "what", "how", "limits")]
    return Material(f"practices/{name}", Held({"en": frozen(f"practices/{name}", said, known, body=body)}))


def other(name: str, **facts: Any) -> Facts:
    return Facts(f"practices/{name}", facts)


@cache
def of_the_house() -> tuple[Material, ...]:
    """Return every practice of the collection as it would be frozen."""
    return tuple(_of_the_house(folder) for folder in sorted((CONTENT / "practices").iterdir()))


def _of_the_house(folder: Path) -> Material:
    texts = {
        SOURCE if path.name == "practice.md" else path.suffixes[0][1:]: path.read_text(encoding="utf-8")
        for path in folder.glob("practice*.md")
    }
    bundle, _problems = read_bundle(PRACTICE, folder.name, texts)
    assert bundle is not None
    stand = Stand(bundle, {SOURCE: 1, **dict.fromkeys(bundle.translations, 1)})
    held = Held({code: Frozen(text) for code, text in frozen_texts(stand, vocabularies()).items()})
    return Material(stand.record, held)
