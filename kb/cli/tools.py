"""`kb tools`: common tools, converted to a country and written as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from kb.cli.context import House, fail, pass_house, say
from kb.cli.speech import speech
from kb.content.files import ContentFolder
from kb.documents.formats import FORMATS, write
from kb.errors import NotFound, Rejected, Unavailable
from kb.i18n import DEFAULT, LANGUAGES
from kb.library.converting import ADAPTATIONS, TOOLS, conversion
from kb.library.kinds import KINDS
from kb.library.shelf import FolderShelf
from kb.toolkit.answers import Answers, from_file

FONTS = Path(__file__).parents[1] / "web" / "static" / "fonts"


@click.group("tools")
def tools() -> None:
    """List the common tools, and convert one to a country."""


@tools.command("list")
@pass_house
def list_tools(house: House) -> None:
    """List tools and adaptations with their titles and languages."""
    shelf = _shelf(house)
    for kind in (TOOLS, ADAPTATIONS):
        for each in shelf.ids(kind):
            bundle = shelf.reading(kind, each, DEFAULT).bundle
            say(f"{each}: {bundle.record.title} ({', '.join(bundle.languages())})")


@tools.command("convert")
@click.argument("tool_id", metavar="ID")
@click.option("--country", help="Two letters, such as RO; without it nothing is filled in.")
@click.option("--language", required=True, type=click.Choice(list(LANGUAGES)), help="Language of the document.")
@click.option("--to", "name", required=True, type=click.Choice(list(FORMATS)), help="Format of the file.")
@click.option("--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@click.option(
    "--answers", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="File saved while converting."
)
@pass_house
def convert_tool(
    house: House, tool_id: str, country: str | None, language: str, name: str, output: Path, answers: Path | None
) -> None:
    """Convert the tool or adaptation ID to a country, and write it as a file.

    What the country's profile does not know stays open, and every page says so.
    """
    shelf = _shelf(house)
    kind = TOOLS if tool_id in shelf.ids(TOOLS) else ADAPTATIONS
    try:
        given = from_file(answers.read_text("utf-8")) if answers else Answers(tool=tool_id, language=language)
        wanted = {"language": language} | ({"country": country.upper()} if country else {})
        given = Answers.model_validate(given.model_dump() | wanted)
        today, link = datetime.now(UTC).date(), _whole(house, language)
        found = conversion(shelf, kind, tool_id, given, speech(language), today, link=link)
        output.write_bytes(write(found.document, name, FONTS))
    except NotFound:
        fail(f"There is no tool {tool_id}. To see them all: kb tools list")
        return
    except ValueError:
        fail("Write the country as two capital letters, such as RO.")
        return
    except (Rejected, Unavailable) as error:
        fail(str(error))
        return
    say(f"{output}: {len(found.open_blanks)} blanks and {len(found.open_choices)} choices are open")
    for blank in found.open_blanks:
        say(f"  {blank.view.label}")


def _shelf(house: House) -> FolderShelf:
    """Return the records as their files stand."""
    return FolderShelf(ContentFolder(house.content, {kind.shape.name: kind.shape for kind in KINDS}))


def _whole(house: House, language: str) -> Callable[[str], str]:
    """Return what makes `practices/barnahus` a whole address of the site."""
    return lambda target: f"{house.url.rstrip('/')}/{language}/{target}"
