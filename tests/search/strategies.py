"""Hypothesis strategies for texts: words of several alphabets, unusual characters, Unicode combinations."""

from __future__ import annotations

from hypothesis import strategies as st

_TEXT = """
the victims of crime Victims' support 116 006 116006 e-mail email co-located colocated Straße STRASSE Ąžuolas kokybė
pagalba nukentėjusiems calităţii școlile şcoala țară perché dell’aiuto lʼaiuto serviços ações avaliação Opferhilfe
ΟΔΥΣΣΕΥΣ ποιότητας Йога İstanbul ﬁnal naïve cœur refer\u00adral zero\u200bwidth A\u0301e\u0301 kokybe\u0307 2012/29/EU
2018-2022 x_y 🙂 👩‍👩‍👧 日本語 한국어 각 क्षि ١٢٣ ½ º n.º a-b multi-agency follow-up «oui» “quoted” … —
' " - . , ; ! ? ( )
"""
PARTS = _TEXT.split()
BETWEEN = (*[" "] * 8, ", ", ". ", "-", "’", "'", "\n", "\u00a0", "/", "_", "\u200b", "\t")

_words = st.tuples(st.sampled_from(PARTS), st.sampled_from(BETWEEN)).map("".join)
_letters = st.characters(exclude_categories=())  # includes lone surrogates
texts = st.lists(st.one_of(_words, _words, _words, _letters), max_size=40).map("".join)
