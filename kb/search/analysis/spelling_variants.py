"""Spelling variants that the stemmers do not unite: plurals, missing accents, American English.

Snowball unites 79 to 82 of 100 pairs of forms in Italian, Portuguese and Spanish. Most of the others are verbs. But
some are plurals of nouns and adjectives, which people search for. Examples are *ordem* and *ordens*, *mujer* and
*mujeres*, *anziano* and *anziani*. The first matching ending below is replaced, and the word gets the forms of both
spellings.
"""

from __future__ import annotations

from collections.abc import Mapping

_SHORTEST = 3  # letters left without the ending
_BEFORE_ES = "bcdfghjklmnñpqrstvwxyz"

_Endings = tuple[tuple[str, str], ...]

_ENGLISH: _Endings = (
    *(("women", "woman"), ("men", "man"), ("children", "child")),
    *((f"iz{ending}", f"is{ending}") for ending in ("ation", "ations", "e", "es", "ed", "ing", "er", "ers")),
    *((f"yz{ending}", f"ys{ending}") for ending in ("e", "ed", "ing")),
    *(("avior", "aviour"), ("aviors", "aviours"), ("bor", "bour"), ("bors", "bours")),
    *(("center", "centre"), ("centers", "centres"), ("program", "programme"), ("programs", "programmes")),
    *(("defense", "defence"), ("judgment", "judgement"), ("judgments", "judgements")),
    *(("counselor", "counsellor"), ("counselors", "counsellors"), ("counseling", "counselling")),
)
_LITHUANIAN_CASES = ("as", "o", "ui", "ą", "u", "e", "ai", "ų", "ams", "us", "ais", "uose")
_LITHUANIAN: _Endings = (
    *(("eje", "ėje"), ("ems", "ėms"), ("emis", "ėmis"), ("ese", "ėse")),  # accents missing
    *(("inti", "ina"), ("enti", "ena")),  # vertinti as vertina
    # vertinimas as vertina, informavimas as informuoja, mokymas as moko
    *((f"avim{case}", "uoja") for case in _LITHUANIAN_CASES),
    *((f"im{case}", "a") for case in _LITHUANIAN_CASES),
    *((f"ym{case}", "o") for case in _LITHUANIAN_CASES),
)
_PORTUGUESE: _Endings = (
    *((typed, "ção") for typed in ("cao", "çao", "coes", "çoes", "ções")),
    # institucional as instituição; not operacional, whose noun has the stem of opera, nor internacional
    *((f"{before}ciona{s}", f"{before}ção") for before in ("educa", "i", "u", "n") for s in ("l", "is")),
    *((typed, "são") for typed in ("sao", "soes", "sões")),
    *(("iao", "ião"), ("ioes", "ião"), ("ões", "ão")),
    *(("ais", "al"), ("eis", "el"), ("éis", "el"), ("ois", "ol"), ("óis", "ol"), ("ens", "em"), ("ns", "m")),
    *(("ias", "io"), ("ios", "io"), ("ia", "io"), ("res", "r"), ("zes", "z"), ("as", "a"), ("os", "o"), ("es", "e")),
)
_SPANISH: _Endings = (
    *(("ciones", "ción"), ("ces", "z")),
    *((f"{letter}es", letter) for letter in _BEFORE_ES),
    *(("as", "a"), ("os", "o"), ("es", "e"), ("is", "i"), ("us", "u")),
)
_FRENCH: _Endings = (
    *(("trices", "teur"), ("trice", "teur"), ("euses", "eur"), ("euse", "eur")),
    *((typed, "er") for typed in ("ées", "ée", "ees", "ee")),
    *(("eaux", "eau"), ("aux", "al"), ("s", "")),
)
_ENDINGS: Mapping[str, _Endings] = {
    "en": _ENGLISH,
    "lt": _LITHUANIAN,
    "pt": _PORTUGUESE,
    "es": _SPANISH,
    "fr": _FRENCH,
}
# What remains of an Italian word without its last vowel, by its ending.
_ITALIAN: _Endings = (
    *(("iche", "ic"), ("ichi", "ic"), ("che", "c"), ("chi", "c"), ("ghe", "g"), ("ghi", "g")),
    *((ending, "") for ending in ("io", "ia", "ie", "a", "e", "i", "o")),
)
# How many letters shorter the stem of an Italian word may be: gender does not change an ending such as -zione.
_ITALIAN_LIMIT = 3


def spellings(word: str, language: str) -> tuple[str, ...]:
    """Return a lower-case word and, if one of the endings above matches, the variant with the other ending."""
    other = _replaced(word, _ENDINGS.get(language, ()))
    return (word, other) if other else (word,)


def light_stem(word: str, stem: str, language: str) -> str:
    """Return what an Italian word shares in singular and plural if the stemmer took the ending for that of a verb.

    Return nothing for other languages, or if the stem is much shorter. The stem of *anziano* is *anzi*, that of
    *anziani* is *anzian*.
    """
    light = _replaced(word, _ITALIAN) if language == "it" else ""
    return light if len(light) - len(stem) <= _ITALIAN_LIMIT else ""


def _replaced(word: str, endings: _Endings) -> str:
    for ending, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST:
            return word.removesuffix(ending) + instead
    return ""
