"""Every tool can be converted for every Member State in each of its languages, and adaptations stay unchanged."""

from __future__ import annotations

import pytest

from kb.conversion.render import render
from kb.conversion.resolution import BlankState
from kb.documents.blocks import Heading
from kb.kinds.country.membership import MEMBERS
from tests.documents.real_tools import SHELF, converted, languages, said, texts

pytestmark = [pytest.mark.slow, pytest.mark.long]  # `kb content check` converts what changed


def test_every_member_state_has_a_profile_to_convert_to() -> None:
    assert len(MEMBERS) == 27
    assert {code.lower() for code in MEMBERS} <= set(SHELF.ids("countries"))


def test_every_tool_is_converted_to_every_member_state() -> None:
    for tool in SHELF.ids("tools"):
        for language in languages("tools", tool):
            is_converted(tool, language)


def is_converted(tool: str, language: str) -> None:
    for code in sorted(MEMBERS):
        found = converted(tool, code, language)
        document, country = render(found), SHELF.reading("countries", code.lower(), language).title.text
        assert document.title == found.tool.title.text
        assert document.language == language
        assert country == document.subtitle
        assert country in document.header
        assert found.tool.record.version in document.footer
        assert any(isinstance(block, Heading) for block in document.blocks)
        whole = "\n".join(map(said, texts(document.blocks)))
        assert country in whole  # no lawyer there has reviewed it
        assert "{{" not in whole, (code, whole[whole.index("{{") - 40 :][:100])
        if SHELF.reading("countries", code.lower(), "en").record.cells:  # a profile, not a stub
            assert any(blank.state is BlankState.FROM_PROFILE for blank in found.blanks), code
        # Facts that have not been researched are open points, and the stamp on every page says so.
        assert bool(document.stamp) is (found.open_points > 0)


def test_an_adaptation_is_converted_in_each_of_its_languages() -> None:
    for adaptation in SHELF.ids("adaptations"):
        country = SHELF.reading("adaptations", adaptation, "en").record.country
        for language in languages("adaptations", adaptation):
            found = converted(adaptation, country, language, kind="adaptations")
            assert found.country is not None
            assert "{{" not in "\n".join(map(said, texts(render(found).blocks))), (adaptation, language)
