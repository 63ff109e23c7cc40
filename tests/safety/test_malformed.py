"""Runs a small sample of the malformed inputs of `make malformed`, a few per entry point and button."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings

from kb.config import Settings
from kb.content_store.store import ContentStore
from tests.safety.inputs import DOORS, INPUTS, Input, turned
from tests.safety.malformed import Site

pytestmark = pytest.mark.slow


def test_malformed_inputs_break_nothing_publish_nothing_wrong_and_lose_nothing(
    app: Flask, store: ContentStore, settings: Settings
) -> None:
    site, seen = Site(app, store, settings.content), list[str]()

    @seed(5)
    @_few
    @given(INPUTS)
    def take(given_input: Input) -> None:
        site.taken += 1
        seen.extend(site.tell(turned(given_input, site.taken)))

    take()
    assert site.taken >= 33
    assert {name.removeprefix("door ") for name in site.counts if name.startswith("door ")} == set(DOORS)
    assert not seen


_few = settings(
    max_examples=33, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
