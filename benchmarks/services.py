"""Write made-up support services for every area of the vocabulary, in five languages: a directory of any size."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from kb.i18n import LANGUAGES
from kb.kinds.country.crime_groups import CrimeGroup
from kb.records.segments import fingerprint
from kb.vocabulary.model import Vocabularies

_HEAD = "status: published\norigin: machine-drafted\nlicence: CC-BY-4.0\n"
_SOURCE = 's1, title: "List", address: "https://example.org/list", language: en, kind: official, accessed: 2026-11-20'


def write_services(folder: Path, vocabularies: Vocabularies, number: int, seed: int) -> int:
    """Write `number` services, spread evenly over all areas and their four countries; return the number of records."""
    areas = vocabularies.areas
    codes = [area.code for country in areas.countries for area in areas.widest(country)]
    helps = sorted(term.id for term in vocabularies.vocabulary("service-types").terms if "shelter" not in term.id)
    for place, code in enumerate(codes):
        count = number * (place + 1) // len(codes) - number * place // len(codes)
        draw = random.Random(f"{seed} {code}")
        home = folder / "organisations" / code
        home.mkdir(parents=True, exist_ok=True)
        for name, text in _files(code, list(_services(draw, helps, count)), draw):
            (home / name).write_text(text, encoding="utf-8")
    return len(codes)


def _services(draw: random.Random, helps: Sequence[str], count: int) -> Iterator[tuple[str, str]]:
    """Yield the facts of a service, without its words, and those of its ways in."""
    for place in range(count):
        groups = f", groups: [{draw.choice(list(CrimeGroup))}]" if draw.random() < 0.6 else ""
        kinds = ", ".join(draw.sample(helps, 2))
        hours = f"mo-fr 0{draw.randrange(7, 10)}:00-1{draw.randrange(5, 9)}:00"
        yield (
            f'id: s{place}, name: "Centre {place} {draw.randrange(9999)}", services: [{kinds}]{groups}, source: s1, '
            f"checked: 2026-{draw.randrange(1, 12):02}-01",
            f'id: s{place}-1, service: s{place}, way: phone, value: "0800 {draw.randrange(100_000, 999_999)}", '
            f"hours: [{hours}]",
        )


def _files(code: str, services: Sequence[tuple[str, str]], draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the files of an area."""
    words = {"title": code.upper(), "summary": "Made-up services."}
    words |= {f"services.s{place}.note": f"Please ring twice {draw.random()}." for place in range(len(services))}
    rows = "".join(
        f"  - {{{facts}, note: {json.dumps(words[f'services.s{place}.note'])}}}\n"
        for place, (facts, _way) in enumerate(services)
    )
    ways = "".join(f"  - {{{way}}}\n" for _facts, way in services)
    head = f"id: {code}\nlanguage: en\ntitle: {words['title']}\nsummary: {words['summary']}\n"
    lists = f"services:\n{rows}contacts:\n{ways}sources:\n  - {{id: {_SOURCE}}}\n"
    yield "organisations.md", f"---\n{head}{lists}{_HEAD}---\n"
    marks = "".join(f"  {path}: {{source: {fingerprint(text)}, by: machine}}\n" for path, text in words.items())
    for language in LANGUAGES:
        if language != "en":
            said = "".join(f"  {path}: {json.dumps(f'{text} ({language})')}\n" for path, text in words.items())
            yield f"organisations.{language}.md", f"---\nlanguage: {language}\nwords:\n{said}made_from:\n{marks}---\n"
