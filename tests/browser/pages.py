"""The pages that the tests in the browser look at: every template that a reader can meet, in the states that differ.

Addresses are without their language. They are of the real content, and of the retired record that `conftest.py` adds.
"""

from __future__ import annotations

from kb.i18n import LANGUAGES

TRANSLATED = tuple(sorted(LANGUAGES.keys() - {"en"}))
RETIRED = "retired-for-a-test"
RVD, ROSA = "portugal-rvd-r", "it-codice-rosa-tuscany"
FOUR = f"{RVD},{ROSA},ro-hospital-sexual-violence-centres,pt-victim-status-plain-language"
PAGES = {
    "home": "/",
    "themes": "/themes",
    "theme": "/themes/referral",
    "narrower theme": "/themes/opt-in-referral",
    "theme without a practice": "/themes/evidence-diary",
    "practices": "/practices",
    "practice": f"/practices/{ROSA}",
    "practice with a conflict": "/practices/no-altinn-unread-police-messages",
    "changes": f"/practices/{RVD}/changes",
    "version": f"/practices/{RVD}/versions/1",
    "citation": f"/practices/{RVD}/cite",
    "comparison of none": "/compare",
    "comparison of two": f"/compare?ids={RVD},{ROSA}",
    "comparison of four": f"/compare?ids={FOUR}",
    "empty list": "/list",
    "list": f"/list?ids={RVD},{ROSA},nothing-here&title=Test&note.{RVD}=A+note&note.{ROSA}=Another+note",
    "form of a list": f"/list/edit?ids={RVD},{ROSA}&note.{RVD}=A+note",
    "form of a list with an error": f"/list/edit?ids={RVD},{ROSA}&note.{RVD}={'n' * 301}",
    "countries": "/countries",
    "country": "/countries/pt",
    "country outside the Union": "/countries/gb",
    "country without anything": "/countries/al",
    "gap map": "/gaps",
    "gap map by country": "/gaps?rows=country&columns=area",
    "rights": "/rights",
    "instrument": "/rights/vrd",
    "article": "/rights/vrd/22",
    "terms": "/terms",
    "term": "/terms/safe-contact",
    "help": "/help",
    "help in a country": "/help/pt",
    "help where nothing is known": "/help/al",
    "search with filters": "/search?q=risk+assessment&country=PT&country=LT&sort=title",
    "search without a result": "/search?q=Portugal+xylophone+quartet+sonata",
    "values of a filter": "/search/values?facet=area",
    "languages of the search": "/search/languages",
    "about": "/pages/about",
    "method": "/pages/method",
    "accessibility": "/pages/accessibility",
    "privacy": "/pages/privacy",
    "not found": "/practices/nothing-here",
    "retired": f"/practices/{RETIRED}",
    "suggestion": f"/suggest/practices/{ROSA}/results",
    "sign-in": "/sign-in",
    "forgotten password": "/forgotten",
    "forgotten password, asked": "/forgotten/asked",
    "link that is not whole": "/welcome",
}
# More states of the same templates: what differs is in the data, not in the language.
MORE = {
    "practice with figures": f"/practices/{RVD}",
    "practice in parts": "/practices/gb-iris-general-practice-referral",
    "comparison of one": f"/compare?ids={RVD}",
    "only differences": f"/compare?ids={RVD},{ROSA}&only=differences",
    "comparison of unknown": f"/compare?ids=nothing-here,{RETIRED},{RVD}",
    "countries in order": "/countries?sort=practices",
    "country with numbers": "/countries/ro",
    "country outside the directive": "/countries/dk",
    "gap map with narrower terms": "/gaps?rows=area&columns=evidence&narrower=yes",
    "gap map of one fact": "/gaps?rows=area&columns=area",
    "article of nobody": "/rights/vrd/5",
    "terms found": "/terms?find=risk",
    "search": "/search?q=evaluation",
    "search with something switched off": "/search?q=valutazione+Portogallo&off=PT",
    "search with a mistyped word": "/search?q=refferal",
    "search whose filter leaves nothing": "/search?q=risk+assessment&country=IT&evidence=ev-5-replicated",
    "value found": "/search/values?facet=country&find=port&country=LT",
}
