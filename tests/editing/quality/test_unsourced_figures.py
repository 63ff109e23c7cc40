"""Figures in paragraphs without a source."""

from __future__ import annotations

import pytest

from kb.editing.quality.unsourced_figures import unsourced_figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In the year 4,877 people were helped.", ("4,877",)),
        ("It reached 61 % of them, 25 per cent of those, and 98 proc. of all.", ("61 %", "25 per cent", "98 proc")),
        ("It cost 5 million, €30 and 40 euros.", ("5 million", "30", "40 euro")),
        ("Of 250 people 12 came; 250 went.", ("250",)),
        ("26 018 victims, 1.234.567 letters and 10.4 % more.", ("26 018", "1.234.567", "10.4 %")),
        ("Trečdalis, 33 nuošimčiai.", ("33 nuošimčiai",)),
        ("A claim with 61 %.[^s1]\nIts second line has 500.", ()),
        ("61 % came.\n\nOthers did not.[^s1]", ("61 %",)),
        ("- 300 letters\n- 400 calls[^s1]", ()),
        ("In 2018, since 1997, from 2018-2022, on 26 November 2026 and 2026-11-26.", ()),
        ("Directive 2012/29/EU, Law No 349, article 118, Act 211/2004, CETS 210, p. 305, COM(2023) 424.", ()),
        ("Ring 112 or 116 006 or 116006; three steps in 24 hours for 18 years.", ()),
        ("[The report](https://example.org/4877) and `500` in code.", ()),
        ("### 4,877 people", ()),
        ("", ()),
    ],
)
def test_a_figure_needs_a_source_in_its_paragraph(text: str, found: tuple[str, ...]) -> None:
    assert unsourced_figures(text) == found
