"""`kb content stats`: counts what the published practices cover and what they lack, directly from the files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

import click

from kb.cli.context import Installation, pass_house, say
from kb.content_store.record_source import FolderRecords
from kb.content_store.reference_data import load_knowledge
from kb.kinds.country.membership import MEMBERS
from kb.kinds.practice.coverage import Coverage
from kb.kinds.practice.kind import KIND as PRACTICE


@click.command("stats")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@pass_house
def stats(house: Installation, as_json: bool) -> None:
    """Count the published practices by country, area, evidence and language, and what they do not state.

    The command reads the files and needs neither database nor secret key.
    """
    name = PRACTICE.shape.name
    records = FolderRecords(house.folder)
    bundles = [records.reading(name, each, "en").bundle for each in records.ids(name)]
    found = Coverage.of(bundles, load_knowledge(house.content).vocabularies)
    if as_json:
        say(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    say(f"{found.practices} published practices")
    for heading, counts in (
        ("Country", found.countries),
        ("Practice area", found.areas),
        ("Evidence level", found.evidence),
        ("Direction of effect", found.directions),
        ("Status", found.statuses),
        ("Written in", found.written),
        ("Can be read in", found.readable),
        ("Sources", found.sources),
    ):
        _show(heading, counts)
    say("\nStated, of all practices")
    for fact, count in found.facts.items():
        say(f"  {fact}: {count}{_share(count, found.practices)}")
    law = f"{found.law_read} of {found.law}{_share(found.law_read, found.law)}"
    say(f"\nReferences to law read in the official text: {law}")
    say(f"Practices with more than a quarter of press: {', '.join(found.mostly_press) or 'none'}")
    say(f"Member States without a practice: {', '.join(sorted(MEMBERS - found.countries.keys())) or 'none'}")


def _show(heading: str, counts: Mapping[str, int]) -> None:
    say(f"\n{heading}")
    for value, count in counts.items():
        say(f"  {value}: {count}")


def _share(count: int, total: int) -> str:
    return f" ({round(100 * count / total)} %)" if total else ""
