"""Stop words: removed from queries only, never from the index.

Snowball's lists come with Whoosh. The main search languages also get words that those lists lack, added by hand. Some
are words of questions and of politeness ("what must I do", "come si fa", "wie kann man"). Others are prefixes before an
apostrophe. "Practice" is one: many queries have it, and most records are practices. Lithuanian and Romanian have no
Snowball list, so theirs are written entirely by hand. The words added by hand are **not checked by a native speaker**.
No list contains terms of this field: those in Snowball's lists are removed. Other languages have no list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from whoosh.lang import stopwords as whoosh_stopwords

from kb.search.analysis.tokenizer import fold

ENGLISH = """
able also although among anyone anything aren around away bit cannot could couldn didn doesn done every everyone find
get gets getting give given go going gone got hadn hasn hence however isn kind let like ll look looking made make makes
making many may maybe me might much must need no one ones onto ought per please put re several shall shouldn somebody
someone something sort take tell thank thanks thing things though thus try trying upon ve via want wants wasn way ways
well weren whether whose within without wouldn would yes yet
practice practices
"""
ITALIAN = """
abbastanza adesso alcun alcuna alcune alcuni allora almeno altra altre altri altro anch ancora appena bel bell bene
bisogna cerca cercare cerco certa certe certi certo ciascun ciascuna ciascuno ciò coll com comunque così cos cosa cose
davvero deve devi devo devono dire dobbiamo dopo dovere dovrebbe dovrebbero dovrei dunque ecco entro fa far fare forse
già infatti invece inoltre laddove lì magari mai mediante mentre molta molte molti molto nemmeno nessun nessuna nessuno
niente nient nulla ogni ognuno oltre oppure ora ovvero parecchi però perciò pochi poco poi possiamo possibile posso
possono potere potrebbe potrebbero potrei prima proprio può pur pure qua qual quali qualche qualcosa qualcuno qualcun
qualsiasi qualunque quando quasi quell quest quindi riguardo sa sapere se sempre senz senza sì sia siccome sopra
soltanto sotto spesso talvolta tant tanta tante tanti tanto tra tramite trovare trovo tutt tutta tutte un uno
vari vario verso vi vorrei vuole
pratica pratiche prassi
"""
PORTUGUESE = """
acerca agora ainda além algo alguém algum alguma algumas alguns ali ambos antes apenas aqui assim através bem cada certa
certas certo certos cerca cima contudo coisa coisas cuja cujas cujo cujos daquela daquele dar dessa desse desta deste
deve devem dever deveria devia devo diz dizer dum duma durante embora enquanto então entanto estar exemplo faz fazem
fazer faço fica ficar haver ir lá logo longe menos mim muita muitas muitos nada nenhum nenhuma nesta neste nesse nessa
nunca obrigado obrigada onde outra outras outro outros ou pode podem poder poderia podia posso pouca poucas pouco poucos
porque porquê portanto porém pois preciso precisa precisam procuro procurar quais qualquer quanta quantas quanto quantos
quase quer quero quê sabe saber sempre sendo ser sido sim sob sobre tal talvez tanto ter tipo toda todas todo todos tudo
usar vai vamos vão ver vez vezes
prática práticas
"""
GERMAN = """
allerdings außerdem beide beiden beim benötige benötigen bevor bitte brauche brauchen braucht bereits besonders bloß
dabei dadurch dafür dagegen daher damals danach daneben daran darauf daraus darf darin darum darunter darüber davon
davor dazwischen deren derjenige dessen deshalb doch drin dürfen durfte eben ebenso eigentlich einfach entweder etwa
fast finde finden findet für ganz geben gehen geht gern gibt gleich gäbe hallo halt heißt hinaus hinein hätte hätten
immer innerhalb irgend irgendwie irgendwo je jemand jedoch kannst könnten lässt lassen mag mal mehr meist mindestens
mittels muß müssen müsste müssten möchte möchten mögen möglich neben nie niemand nimmt obwohl oft ohne per schon seid
seit seitdem sobald sofern sogar solange sollen sollten somit sowie sowohl statt sowas suche suchen sucht trotz tun tut
unterhalb usw viele vielen vieler vielleicht vorher wann warum was weder wegen weiß weitere weiteren wem wen wenig
wenige weniger wer wessen weshalb wie wieso wieviel wieviele wirklich wirst wobei wodurch wofür woher wohin womit woran
worauf woraus worin worüber wovon wozu zeigen zeigt zudem zusammen
"""
FRENCH = """
ainsi alors après assez au aucun aucune aujourd auprès aussi autant autour autre autres avant beaucoup bien bonjour car
ceci cela celle celles celui certain certaine certaines certains cet cette ceux chaque chercher cherche chez chose
choses ci combien comme comment contre depuis derrière dès devant devoir devons devrait devraient dire doit doivent dois
donc dont durant elles encore enfin ensuite entre envers faire fais fait faites fallait falloir faudrait faut font hors
hui ici il ils jamais jusqu jusque lequel laquelle lesquelles lesquels là lorsqu lorsque mais merci mieux moins ni où
oui parce parmi pendant peu peut peuvent peux plus plusieurs plutôt pouvoir pouvons pourquoi pourrait pourraient
pourrais près presque puis puisqu puisque quand quant quel quelle quelles quels quelqu quelque quelques quiconque quoi
quoiqu quoique sans sauf savoir sait selon sera seulement si sinon sous souvent tant tel telle telles tels toujours tous
tout toute toutes très trop trouver vers veut veux via voici voilà voir vouloir voudrais vraiment y
"""
SPANISH = """
acerca además adónde ahora alguien algún alguna alguno allí ambos aquel aquella aquellas aquello aquellos aquí así aún
aunque bajo bastante bien buscar busco cada casi cerca cierta ciertas cierto ciertos cosa cosas cuales cualquier
cualquiera cuán cuándo cuánta cuántas cuánto cuántos cuanta cuantas cuanto cuantos cuya cuyas cuyo cuyos cuál cuáles
cómo dar deba debe deben deber debería deberían debo decir dentro después detrás dice dónde encontrar entonces excepto
fuera gracias haber hace hacen hacer hacia hago incluso ir jamás junto lejos luego mediante menos mientras misma mismas
mismo mismos mucha muchas nadie necesita necesitan necesito ningún ninguna ninguno nunca poca pocas pocos pese podemos
poder podría podrían puede pueden puedo pues querer quiere quiero quién quiénes saber sabe según ser siempre sino sólo
solo sido siendo tal tales tampoco tan tanta tantas tantos tengo toda todas través tras usar va vamos varias varios
veces ver vez
"""
LITHUANIAN = """
ant apie ar arba aš be bei bet bus buvau buvo būti būtų dar dėl iki ir iš jai jam jau jei jeigu ji jie jiems jis jo joms
jos juos ją jį jūs jų kad kai kaip kam kas kiek ko kokia kokie kokios koks kol kuri kuria kurie kuriems kurio kurioms
kurios kuriose kuris kuriuo kuriuos kurią kurių kurį ką man mane mes mums mus ne nei nes net nuo nėra o pagal pas pat
per po prie prieš sau savo su ta tai taip tarp tas te ten tie tiems tik to todėl tos tu tą tų už yra čia į ši šie šiems
šio šios šis šią šių šį ačiū anas anoks bent būna būdu būdas daryti darau daro dabar daug dažnai esame esant esate esi
esu gal gali galima galime galite galiu galėti galėtų galėčiau gauti gauna ieškau ieškoti jais jas jog jomis joje jums
jumis jus kada kadangi kaipgi kame kažkas keli kelios keletas kiekvienas kiekviena kitaip kitas kita kiti kitos kitų
kodėl kokiais kokiame kokią kokiu kokių kokį kur kuriame kurioje kuo labai lyg mano manęs mūsų nebent negali netgi
niekas niekada nors norėčiau noriu nori norint ogi pats pati patys paskui prašau privalo privalau reikia reikėtų rasti
rasiu sakyti savęs sąlyga tačiau tada taigi tarsi tavo toks tokia tokie tokios turėti turėtų turi turime turite turiu
vėl vien viena vienas visada visas visa visi visos visų vis vos žinoti štai
praktika praktikos praktiką praktikų praktikas
"""
ROMANIAN = """
a acea aceasta această acei acel acele acelor acest acesta aceste acestei acestor acestui acești ai al ale am ar are
asta asupra atât au avea aș ați ca care ce cea cei cel cele cine cu cum când cât că către da dacă dar de deci decât
despre deși din dintr dintre doar după e ea ei el ele era este eu fi fie fiind fost fără iar la le li lor lui mai mi mă
ne nici noi nu o or ori pe pentru prea prin printr printre până sau se spre sub sunt să te tu un una unde unei unele
unii unor unui va voi vom vor vă îi îl îmi în încă într între îți și aceea aceeași aceiași aceia acela același aceluia
acestea acolo acum adică afla aflu alt alta altă alte altele alți altul altcineva altceva anume aproape asemenea astfel
atunci avem aveți având bine bun cam căror cărora căreia căruia câtă câte câți câteva câțiva caut căuta ceva chiar
cineva ci conform cumva cui deoarece deja deasupra dau dați dă dai dincolo doresc dorește dori dumneavoastră însă
întotdeauna face facem faceți fac fel foarte găsi găsesc împreună înainte ia iau lângă mea mele mei meu mereu
mult multă multe mulți mulțumesc niciodată nicio niciun nimeni nimic nostru noastră noștri noastre numai oare odată
oricare orice oricine oricum oricând oriunde pot poate putem puteți putea peste poți puțin referitor rog sa sale săi său
sine singur știu ști spune totuși tot toată toate toți trebui trebuie trebuia tău ta tale tăi unul uneori vei
vreau vrea vrem vreo vreun vreodată
practică practica practici practicile practicilor
"""

_BY_HAND = {
    "en": ENGLISH,
    "it": ITALIAN,
    "lt": LITHUANIAN,
    "pt": PORTUGUESE,
    "ro": ROMANIAN,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
}
NOT_CHECKED: frozenset[str] = frozenset(_BY_HAND)  # by a native speaker: lists written by hand
# Terms of the field that are in Snowball's lists, or equal one of their words without accents: the state; an article of
# law in Hungarian; the risk assessment SARA (sarà).
_OF_THE_FIELD = {
    "es": "estado estados sentid sentida sentidas sentido sentidos siente",
    "hu": "cikk cikkek cikkeket",
    "it": "sara",
}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_WRONG = str.maketrans("õû", "őű")  # Whoosh's Hungarian list was read in the wrong encoding


class StopwordSource(StrEnum):
    """Where the stop word list of a language comes from; shown on the site."""

    SNOWBALL = "Snowball"
    BOTH = "Snowball and by hand"
    HAND = "by hand"
    NONE = "none"


def stoplists() -> Mapping[str, frozenset[str]]:
    """Return the stop words that come with Whoosh, by language."""
    lists: Mapping[str, frozenset[str]] = whoosh_stopwords.stoplists
    return lists


def source_of(language: str) -> StopwordSource:
    """Return the source of a language's stop words."""
    if language in _BY_HAND:
        return StopwordSource.BOTH if language in stoplists() else StopwordSource.HAND
    return StopwordSource.SNOWBALL if language in stoplists() else StopwordSource.NONE


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the lower-case stop words of a language, with and without accents; empty if it has no list."""
    words = {unicodedata.normalize("NFC", word) for word in stoplists().get(language, ())}
    if language == "hu":
        words = {word.translate(_WRONG) for word in words}
    words.update(_BY_HAND.get(language, "").split())
    typed = words | {fold(word) for word in words}
    if language == "de":
        typed |= {"".join(_UMLAUTS.get(letter, letter) for letter in word) for word in words}
    return frozenset(typed - set(_OF_THE_FIELD.get(language, "").split()))
