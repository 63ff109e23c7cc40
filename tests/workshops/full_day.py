"""A workshop day with long texts of every kind, in one or two languages, for checks of its slides."""

from __future__ import annotations

from random import Random

from kb.documents.slide_blocks import Deck
from kb.workshops.frozen.item import Frozen, Held
from kb.workshops.model import Workshop
from tests.workshops.slides.test_deck import a_passage, a_slot, a_workshop, frozen, made, put

# Words of typical length for each language; some are longer than a column.
WORDS = {
    "en": ["police", "who", "meet", "a", "person", "after", "crime", "ask", "whether", "support", "is", "wanted"],
    "lt": ["policijos", "pareigūnai", "susitikę", "nukentėjusįjį", "paklausia", "ar", "reikalinga", "pagalba"],
    "ro": ["polițiștii", "întâlnesc", "persoana", "după", "infracțiune", "și", "întreabă", "dacă", "dorește"],
}
LONGEST = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"
LETTERS = {"en": 1.0, "lt": 1.1, "ro": 1.15}
QUESTIONS = 8


class _Writer:
    """Generates the same amount of text in each language, the same in each run."""

    def __init__(self, code: str) -> None:
        self.code, self.random = code, Random(7)  # noqa: S311 - the same texts in each run

    def title(self, letters: int) -> str:
        return self._of(letters).capitalize()

    def text(self, letters: int) -> str:
        sentences = list[str]()
        while sum(map(len, sentences)) < letters:
            sentences.append(self.title(self.random.randint(30, 180)) + ".")
        return " ".join(sentences)

    def bullets(self, count: int, letters: int = 90) -> str:
        return "\n".join(f"- **{self.title(12)}.** {self.text(letters)}" for _each in range(count))

    def numbers(self, count: int) -> str:
        return "\n".join(f"{number}. {self.title(90)}?" for number in range(1, count + 1))

    def table(self, rows: int) -> str:
        lines = "\n".join(f"| {self.text(120)} | | {LONGEST} | {self.text(400)} |" for _each in range(rows))
        return f"| A | B | C | D |\n| --- | --- | --- | --- |\n{lines}"

    def quiz(self) -> str:
        asked = list[str]()
        for number in range(1, QUESTIONS + 1):
            options = "\n".join(f"    - {letter}) {self.title(45)}" for letter in "abcd")
            asked.append(f"{number}. **{self.title(60)} “{self.title(110)}”?**\n\n{options}")
        return "\n\n".join([self.text(80), *asked])

    def answers(self) -> str:
        told = (
            f"**b) {self.title(45)}.** [{self.title(110)}](practices/a), 1. {self.text(200)}" for _ in range(QUESTIONS)
        )
        return "### B\n\n" + "\n".join(f"{number}. {each}" for number, each in enumerate(told, 1))

    def _of(self, letters: int) -> str:
        words = list[str]()
        while sum(len(word) + 1 for word in words) < letters * LETTERS[self.code]:
            words.append(self.random.choice(WORDS[self.code]))
        return " ".join(words)


def a_full_day(*codes: str) -> Deck:
    """Return the slides of a day with five practices, a case, and one of each exercise."""
    writers = {code: _Writer(code) for code in codes}
    both = {code: each.title(220) for code, each in writers.items()}
    talk, pause = a_slot(titles=both, text=_each(writers, "text", 500)), a_slot("Coffee", 15, "break", titles=both)
    work = a_slot(titles=_each(writers, "title", 70), text={code: each.table(1) for code, each in writers.items()})
    workshop = a_workshop(talk, pause, work, aims=_each(writers, "bullets", 4), audience=_each(writers, "text", 150))
    workshop.title = both
    workshop.language, workshop.second_language = codes[0], "".join(codes[1:])
    held = dict[str, Held]()
    for number in range(5):
        item = put(workshop, talk, "record", record=f"practices/p{number}", codes=codes)
        held[item.id] = Held({code: _practice(each) for code, each in writers.items()})
    item = put(workshop, work, "record", record="exercises/e", codes=codes)
    held[item.id] = Held({code: _case(each) for code, each in writers.items()})
    _exercises(workshop, work.id, writers)
    return made(workshop, held)


def _each(writers: dict[str, _Writer], name: str, amount: int) -> dict[str, str]:
    return {code: getattr(each, name)(amount) for code, each in writers.items()}


def _practice(writer: _Writer) -> Frozen:
    body = [
        a_passage("how", f"{writer.text(200)}\n\n{writer.bullets(6)}", writer.title(20)),
        a_passage("results", writer.text(900), writer.title(20)),
        a_passage("limits", writer.bullets(5, 200), writer.title(20)),
    ]
    return frozen(writer.code, body=body, title=writer.title(115), summary=writer.text(450))


def _case(writer: _Writer) -> Frozen:
    body = [a_passage("notice", writer.text(350), writer.title(20))]
    doses, asked = ["d1", "d2"], ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8"]
    for dose in doses:
        body += [a_passage(dose, writer.text(700), writer.title(25))]
        body += [a_passage(f"{dose}-task", writer.text(250), writer.title(30))]
    body += [a_passage(name, writer.text(1200), f"{writer.title(50)}?") for name in asked]
    rows = [{"id": dose, "method": "pair", "work": "10", "talk": "5"} for dose in doses]
    facts = {"doses": rows, "asked": asked}
    return frozen(writer.code, "exercises", body, facts=facts, title=writer.title(40), summary=writer.text(300))


def _exercises(workshop: Workshop, slot_id: str, writers: dict[str, _Writer]) -> None:
    slot = next(slot for slot in workshop.slots if slot.id == slot_id)
    named = {code: f"Quiz: {each.title(60)}" for code, each in writers.items()}
    texts = {
        "quiz": {code: each.quiz() for code, each in writers.items()},
        "worksheet": _sheets(writers),
        "comparison": _sheets(writers),
        "case": {code: f"## A\n\n{each.text(900)}\n\n## B\n\n{each.numbers(5)}" for code, each in writers.items()},
        "text": {code: f"{each.text(200)}\n\n{LONGEST * 9}" for code, each in writers.items()},
    }
    answers = {"quiz": {code: each.answers() for code, each in writers.items()}}
    for kind, text in texts.items():
        put(workshop, slot, kind, title=named, text=text, answers=answers.get(kind, {}))


def _sheets(writers: dict[str, _Writer]) -> dict[str, str]:
    return {
        code: f"{each.text(250)}\n\n### A\n\n{each.table(4)}\n\n### B\n\n{each.numbers(5)}"
        for code, each in writers.items()
    }
