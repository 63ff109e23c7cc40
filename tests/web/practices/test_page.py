from __future__ import annotations

import shutil

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from tests.house import catch_up_now
from tests.page import Visit, words


@pytest.fixture
def walls(store: ContentStore, session: Session) -> None:
    """Two more practices similar to the terraces; one of them lists the terraces as related."""
    folder = store.content.root / "practices"
    text = (folder / "stone-terraces" / "practice.md").read_text(encoding="utf-8").replace("[terrace-walls]", "[]")
    for name, related in (("stone-walls", "[stone-terraces]"), ("stone-steps", "[]")):
        (folder / name).mkdir()
        changed = text.replace("id: stone-terraces", f"id: {name}").replace("title: Stone terraces", f"title: {name}")
        changed = changed.replace("related: [letters-home]", f"related: {related}")
        (folder / name / "practice.md").write_text(changed, encoding="utf-8")
    catch_up_now(session, store)
    session.close()


def alike(visit: Visit, record_id: str) -> set[str]:
    found = visit("practices.show", record_id=record_id).by_id("similar")
    return {words(link) for link in found.iter("a")}


@pytest.mark.usefixtures("walls")
def test_a_practice_leads_to_others_like_it(visit: Visit) -> None:
    assert alike(visit, "stone-steps") == {"Stone terraces", "stone-walls"}


@pytest.mark.usefixtures("walls")
def test_what_is_named_as_related_is_not_named_twice(visit: Visit) -> None:
    assert alike(visit, "stone-walls") == {"stone-steps"}


def test_where_nothing_is_like_it_nothing_is_said(visit: Visit) -> None:
    assert "Similar practices" not in visit("practices.show", record_id="ask-first").text


@pytest.mark.usefixtures("walls")
def test_without_an_index_there_is_nothing_of_it(app: Flask, visit: Visit, store: ContentStore) -> None:
    shutil.rmtree(store.data / "index")
    bare = ContentStore(store.content.root, store.data, knowledge=None)
    bare.refresh()
    app.extensions["store"] = bare
    assert "Similar practices" not in visit("practices.show", record_id="stone-steps").text
    bare.close()
