"""`kb tools`: converts common tools to a country and writes them as files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from kb.cli.context import Installation, fail, pass_house, say, show_problems
from kb.cli.messages import speech
from kb.content_store.record_source import FolderRecords
from kb.content_store.reference_data import load_knowledge
from kb.content_store.validation import lines_of, read_and_check, shown
from kb.conversion.adaptation_files import Adapted, adapt
from kb.conversion.answers import ConversionAnswers, from_file
from kb.conversion.load import ADAPTATIONS, TOOLS, load_conversion
from kb.conversion.render import render
from kb.documents.formats import FORMATS, write
from kb.errors import NotFound, Rejected, Unavailable
from kb.i18n import DEFAULT, LANGUAGES
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.registry import KINDS
from kb.problems import Problem, errors
from kb.records.bundle import SOURCE
from kb.records.files.paths import ContentFolder, RecordFile

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
FONTS = Path(__file__).parents[1] / "web" / "static" / "fonts"


@click.group("tools")
def tools() -> None:
    """List tools, and adapt them to a country."""


@tools.command("list")
@pass_house
def list_tools(house: Installation) -> None:
    """List tools and adaptations with their titles, languages and papers."""
    shelf = _shelf(house)
    for kind in (TOOLS, ADAPTATIONS):
        for each in shelf.ids(kind):
            bundle = shelf.reading(kind, each, DEFAULT).bundle
            papers = f" [{', '.join(paper.id for paper in bundle.record.papers)}]" if bundle.record.papers else ""
            say(f"{each}: {bundle.record.title} ({', '.join(bundle.languages())}){papers}")


@tools.command("convert")
@click.argument("tool_id", metavar="ID")
@click.option("--country", help="Country code, for example RO. Without it nothing is filled in.")
@click.option("--language", required=True, type=click.Choice(list(LANGUAGES)), help="Language of the document.")
@click.option("--to", "name", required=True, type=click.Choice(list(FORMATS)), help="Format of the file.")
@click.option("--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@click.option("--answers", type=_FILE, help="File of answers saved on the site.")
@click.option("--paper", help="One of the papers that the tool makes; without it, the first.")
@click.option("--crime", type=click.Choice([each.slug for each in CrimeGroup]), help="One crime; without it, all.")
@pass_house
def convert_tool(
    house: Installation,
    tool_id: str,
    country: str | None,
    language: str,
    name: str,
    output: Path,
    answers: Path | None,
    paper: str | None,
    crime: str | None,
) -> None:
    """Adapt the tool or adaptation ID to a country, and write it as a file.

    Points that are missing in the country's profile are lines to write on. An adaptation may be a draft.
    """
    shelf = _shelf(house, drafts=(ADAPTATIONS,))
    kind = TOOLS if tool_id in shelf.ids(TOOLS) else ADAPTATIONS
    try:
        given = from_file(answers.read_text("utf-8")) if answers else ConversionAnswers(tool=tool_id, language=language)
        wanted = {"language": language} | ({"country": country.upper()} if country else {})
        wanted |= {"paper": paper} if paper else {}
        wanted |= {"crime": next(each.value for each in CrimeGroup if each.slug == crime)} if crime else {}
        given = ConversionAnswers.model_validate(given.model_dump() | wanted)
        found = load_conversion(shelf, kind, tool_id, given, speech(language), datetime.now(UTC).date())
        output.write_bytes(write(render(found, link=_whole(house, language)), name, FONTS))
    except NotFound as error:
        what = "tool" if paper is None or paper not in str(error) else f"paper {paper} of the tool"
        fail(f"The {what} {tool_id} does not exist. To see them all: kb tools list")
        return
    except ValueError:
        fail("Enter the country as two capital letters, for example RO.")
        return
    except (Rejected, Unavailable) as error:
        fail(str(error))
        return
    say(f"{output}: {len(found.open_blanks)} fields and {len(found.open_choices)} choices are open")
    for blank in found.open_blanks:
        say(f"  {blank.view.label}")


@tools.command("adapt")
@click.argument("tool_id", metavar="ID")
@click.option(
    "--answers", required=True, type=_FILE, help="File of answers saved on the site, with country and language."
)
@click.option(
    "--also",
    multiple=True,
    type=click.Choice(list(LANGUAGES)),
    help="Also translate the adaptation into this language; can be repeated.",
)
@click.option(
    "--also-answers",
    multiple=True,
    type=_FILE,
    help="Answers in another language, with your own texts; can be repeated.",
)
@pass_house
def adapt_tool(
    house: Installation, tool_id: str, answers: Path, also: tuple[str, ...], also_answers: tuple[Path, ...]
) -> None:
    """Save the tool ID, adapted to a country, as a draft in the content folder.

    Your own texts, choices and filled-in values are kept. With --also, each text that the tool has in that language is
    included. Your own texts stay untranslated unless --also-answers has them.
    """
    folder = house.folder
    try:
        given = from_file(answers.read_text("utf-8", "replace"))
        own = {each.language: each for each in (from_file(path.read_text("utf-8", "replace")) for path in also_answers)}
        today = datetime.now(UTC).date()
        made = adapt(FolderRecords(folder), tool_id, given, speech, today, also=also, own=own)
    except NotFound:
        fail(f"No published tool has the id {tool_id}. To see them all: kb tools list")
        return
    except Rejected as error:
        fail(str(error))
        return
    target = folder.path(RecordFile(ADAPTATIONS, made.record_id, SOURCE)).parent
    if target.exists():
        fail(f"{target} already exists. Change it there, or remove it first. Nothing was written.")
    if wrong := _wrong(house, folder, made):
        show_problems(wrong)
        fail("Nothing was written. Correct the file of answers.")
    target.mkdir(parents=True)
    for part, text in made.texts.items():
        place = RecordFile(ADAPTATIONS, made.record_id, part)
        folder.path(place).write_text(text, encoding="utf-8", newline="\n")
        language = given.language if part == SOURCE else part
        waiting = made.untranslated[language]
        say(f"Written: {folder.path(place)}" + (f" ({waiting} texts are not in {language} yet)" if waiting else ""))


def _wrong(house: Installation, folder: ContentFolder, made: Adapted) -> tuple[Problem, ...]:
    """Return the errors that `kb content check` would report for the files of an adaptation, except for links."""
    kinds = {kind.shape.name: kind for kind in KINDS}
    kind, knowledge = kinds[ADAPTATIONS], load_knowledge(house.content)
    _, bundle, problems = read_and_check(kind, made.record_id, made.texts, knowledge.vocabularies, knowledge.law)
    found = list(problems)
    if bundle is not None and kind.between is not None:
        shelf = FolderRecords(folder)
        found += kind.between(
            bundle,
            lines_of(made.texts),
            lambda name: [shelf.reading(name, each, DEFAULT).bundle for each in shelf.ids(name)],
        )
    return errors(shown(folder, ADAPTATIONS, made.record_id, tuple(found)))


def _shelf(house: Installation, drafts: tuple[str, ...] = ()) -> FolderRecords:
    """Return the records from their current files."""
    return FolderRecords(house.folder, drafts)


def _whole(house: Installation, language: str) -> Callable[[str], str]:
    """Return a function that turns `practices/barnahus` into an absolute URL of the site."""
    return lambda target: f"{house.url.rstrip('/')}/{language}/{target}"
