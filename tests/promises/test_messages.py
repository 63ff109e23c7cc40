"""The interface is translated whole: template up to date, nothing missing, the same places in every language."""

from __future__ import annotations

from kb.cli.messages import catalogue_problems


def test_the_catalogues_are_complete() -> None:
    assert not list(catalogue_problems())
