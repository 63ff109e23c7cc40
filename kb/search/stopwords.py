"""Words that say nothing about what is looked for; they are left out of a query only, never out of the index.

The lists are those that come with Whoosh (Snowball's; no word of this field such as *research* or *stato* is in them).
Lithuanian and Romanian have none there: the two short lists below were written by hand and have **not been checked by a
native speaker**. Other languages have no list.
"""

from __future__ import annotations

from functools import cache

from kb.search.index import stoplists

LITHUANIAN = """
ant apie ar arba aš be bei bet bus buvau buvo būti būtų dar dėl iki ir iš jai jam jau jei jeigu ji jie jiems jis jo
joms jos juos ją jį jūs jų kad kai kaip kam kas kiek ko kokia kokie kokios koks kol kuri kuria kurie kuriems kurio
kurioms kurios kuriose kuris kuriuo kuriuos kurią kurių kurį ką man mane mes mums mus ne nei nes net nuo nėra o pagal
pas pat per po prie prieš sau savo su ta tai taip tarp tas te ten tie tiems tik to todėl tos tu tą tų už yra čia į ši
šie šiems šio šios šis šią šių šį
"""

ROMANIAN = """
a acea aceasta această acei acel acele acelor acest acesta aceste acestei acestor acestui acești ai al ale am ar are
asta asupra atât au avea aș ați ca care ce cea cei cel cele cine cu cum când cât că către da dacă dar de deci decât
despre deși din dintr dintre doar după e ea ei el ele era este eu fi fie fiind fost fără iar la le li lor lui mai mi
mă ne nici noi nu o or ori pe pentru prea prin printr printre până sau se spre sub sunt să te tu un una unde unei
unele unii unor unui va voi vom vor vă îi îl îmi în încă într între îți și
"""

_BY_HAND = {"lt": LITHUANIAN, "ro": ROMANIAN}
NOT_CHECKED: frozenset[str] = frozenset(_BY_HAND)  # by a native speaker


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the lower-case stop words of a language; none if it has no list."""
    by_hand = _BY_HAND.get(language)
    return frozenset(by_hand.split()) if by_hand else stoplists().get(language, frozenset())
