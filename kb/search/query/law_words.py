"""Words used to cite law in the site's languages and in German, French and Spanish; folded, in lower case.

The lists do not separate languages, because a citation may mix them.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.law.model import InstrumentType


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words before the number of an article; those of the second list may also follow it ("22 straipsnis").
ARTICLE = _words("""
    art arts artt article articles articolo articoli artigo artigos articol articolul articolului articole articolele
    articolelor artikel artikels artikeln articulo articulos
""")
ARTICLE_BEHIND = _words("""
    str straipsnis straipsnio straipsniui straipsni straipsniu straipsnyje straipsniai straipsniams straipsnius
    straipsniais straipsniuose
""")
AND = _words("and or e ed o od oppure ir arba bei ou si sau und oder et y u")
UP_TO = _words("to through al a iki ate la bis au hasta")
# Words between the word for an article and its number: "artt. da 8 a 10", "article no. 8".
FILLERS = _words("da dal dai from de la von nuo del no nr n num numero")
NUMBER_SIGN = _words("no nr n num numero")
ORDINAL = _words("asis ojo ajame aji asias")  # 22-asis straipsnis
LATER = {"bis": "a", "ter": "b", "quater": "c"}  # "11 bis" is the same as 11a elsewhere
# Parts of an article: the first list precedes its number (paragraph 1), the second follows it (1 dalis, f punktas).
PART = _words("""
    par para paragraph paragraphs paragrafo paragrafi comma commi lett lettera letter lit litera alin alineatul alinea
    abs absatz buchst buchstabe apartado ap point punto ponto pct punctul paragraphe
""")
PART_BEHIND = _words("d dalis dalies dalyje dali p punktas punkto punkte punkta")
# Words between an article and its instrument: "article 8 of the directive", "articolul 8 din Directiva".
OF = _words("""
    of the in under from di del dello della dell nel nella il la lo l is pagal de da do das dos na no o a din al ale von
    vom der des dem im aus nach gemass du le dans d el en su
""")
# Words after a number (2012/29/EU) or before it ((EU) 2016/679); the second list has no ordinary words of any language.
UNION = _words("eu ue es ec ce eb eg jha gai tvr jai ji")
UNION_PLAIN = _words("eu ue")
SERIES = _words("cets ets stce ste sev")  # the treaty series of the Council of Europe
COMPANION = _words("quadro marco cadru cadre framework council tarybos")  # decisione quadro, Council Directive

# One word for each kind in each language: a word with its stem that does not name a kind ("directed", "regulator") is
# not part of a name.
HEADS = _words("""
    directive direttiva direktyva diretiva directiva richtlinie regulation regolamento reglamentas regulamento
    regulamentul verordnung reglement reglamento decision decisione sprendimas decisao decizia beschluss convention
    convenzione konvencija convencao conventia konvention convenio recommendation raccomandazione rekomendacija
    recomendacao recomandarea empfehlung recommandation recomendacion
""")

_DECISION = ("decision", "decisao", "decizi", "sprendim", "beschlu", "rahmenbeschlu", "entscheidung")
_KINDS: Mapping[InstrumentType, tuple[str, ...]] = {
    InstrumentType.DIRECTIVE: ("directiv", "direttiv", "direktyv", "diretiv", "richtlini"),
    InstrumentType.REGULATION: ("regulation", "regolament", "reglament", "reglement", "regulament", "verordnung"),
    InstrumentType.DECISION: _DECISION,
    InstrumentType.FRAMEWORK_DECISION: _DECISION,
    InstrumentType.CONVENTION: (
        *("conventi", "convenzion", "konvencij", "convenca", "convenco", "convenio", "convencion", "konvention"),
        "ubereinkommen",
    ),
    InstrumentType.RECOMMENDATION: (
        *("recommendation", "raccomandazion", "rekomendacij", "recomendac", "recomandar", "empfehlung"),
        "recommandation",
    ),
    InstrumentType.PROPOSAL: ("proposal", "propost", "pasiulym", "propuner", "vorschlag", "proposition", "propuest"),
    InstrumentType.POLICY: ("communication", "comunicazion", "komunikat", "comunicac", "comunicar", "mitteilung"),
}
_SHORT = {
    "dir": InstrumentType.DIRECTIVE,
    "rl": InstrumentType.DIRECTIVE,
    "reg": InstrumentType.REGULATION,
    "vo": InstrumentType.REGULATION,
}


def kinds_of(word: str) -> frozenset[InstrumentType]:
    """Return the kinds of instrument that a folded word may name; empty for other words."""
    if word in _SHORT:
        return frozenset({_SHORT[word]})
    return frozenset(kind for kind, stems in _KINDS.items() if word.startswith(stems))
