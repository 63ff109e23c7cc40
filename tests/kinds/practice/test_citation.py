"""Citations are read back by programs that were written to read them."""

from __future__ import annotations

import json
import warnings
from datetime import date
from typing import Any

import pytest
import rispy
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import Entry, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from kb.kinds.practice.citation import Citation, apa_authors, to_bibtex, to_csl, to_ris

TITLES = (
    "Stone terraces",
    'Braces {inside}, "quotation marks" and „lietuviškos“',
    "Žmogui paskambinama: ąčęėįšųūž, ăâîșț, àèéìòù",
    "Police & prosecutors: 50 % of_all #1 for $5",
    "Back\\slash\nand a second line",
)


def a_citation(title: str = "Stone terraces", *authors: str) -> Citation:
    return Citation(
        record_id="stone-terraces",
        number=3,
        authors=authors or ("Praxis",),
        title=title,
        language="en",
        day=date(2026, 11, 5),
        version="Version 3",
        address="https://praxis.example/p/stone-terraces/3",
        site="Praxis",
        notes=("Text drafted by AI.", "Translated by AI."),
    )


def bibtex(citation: Citation) -> Entry:
    return parse_string(to_bibtex(citation), "bibtex").entries[citation.key]


@pytest.mark.parametrize("title", TITLES)
def test_titles_survive_bibtex(title: str) -> None:
    entry = bibtex(a_citation(title))
    assert entry.fields["title"][0] + entry.fields["title"][-1] == "{}"  # no style may change capitals
    assert LatexNodes2Text().latex_to_text(entry.fields["title"][1:-1]) == " ".join(title.split())


@pytest.mark.parametrize("title", ["One { alone", "The } other", "} turned {"])
def test_a_brace_alone_breaks_no_file(title: str) -> None:
    both = to_bibtex(a_citation(title)) + to_bibtex(a_citation()).replace("praxis-stone-terraces-3", "praxis-next")
    entries = parse_string(both, "bibtex").entries
    assert set(entries) == {"praxis-stone-terraces-3", "praxis-next"}
    assert r"\textbraceleft{}" in both or r"\textbraceright{}" in both


def test_bibtex_has_the_version_its_day_and_its_address() -> None:
    fields = bibtex(a_citation()).fields
    assert (fields["year"], fields["month"], fields["date"]) == ("2026", "11", "2026-11-05")
    assert fields["url"] == "https://praxis.example/p/stone-terraces/3"
    assert (fields["version"], fields["note"]) == ("3", "Text drafted by AI. Translated by AI.")


def test_bodies_are_not_cut_into_first_and_last_names() -> None:
    authors = bibtex(a_citation("T", "Praxis", "Ministry of Stone and Walls, Lisbon")).persons["author"]
    assert [person.last_names for person in authors] == [["{Praxis}"], ["{Ministry of Stone and Walls, Lisbon}"]]
    assert not any(person.first_names for person in authors)
    names = ris(a_citation("T", "Praxis", "Ministry of Stone, Lisbon"))["authors"]
    assert names == ["Praxis", "Ministry of Stone – Lisbon"]


def ris(citation: Citation) -> dict[str, Any]:
    (entry,) = rispy.loads(to_ris(citation))
    return dict(entry)


@pytest.mark.parametrize("title", TITLES)
def test_titles_survive_ris(title: str) -> None:
    entry = ris(a_citation(title))
    assert entry["title"] == " ".join(title.split())
    assert (entry["type_of_reference"], entry["year"], entry["date"]) == ("ELEC", "2026", "2026/11/05")
    assert entry["urls"] == ["https://praxis.example/p/stone-terraces/3"]
    assert entry["notes"] == ["Text drafted by AI.", "Translated by AI."]


@pytest.mark.parametrize("title", TITLES)
def test_titles_survive_csl(title: str) -> None:
    items = json.loads(to_csl(a_citation(title, "Praxis", "Ministry of Stone")))
    assert items[0]["title"] == " ".join(title.split())
    assert items[0]["author"] == [{"literal": "Praxis"}, {"literal": "Ministry of Stone"}]
    assert items[0]["issued"] == {"date-parts": [[2026, 11, 5]]}


def test_a_processor_of_csl_makes_a_line_of_it() -> None:
    citation = a_citation('A {b} "q" & žąė')
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        source = CiteProcJSON(json.loads(to_csl(citation)))
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        bibliography.register(Cited([CitationItem(citation.key)]))
        line = str(bibliography.bibliography()[0])
    assert "Praxis" in line
    assert "2026" in line
    assert "žąė" in line
    assert citation.address in line


def test_authors_end_with_one_full_stop() -> None:
    assert apa_authors(("Praxis",)) == "Praxis."
    assert apa_authors(("Praxis", "Walls Ltd.")) == "Praxis & Walls Ltd."
