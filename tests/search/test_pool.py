"""Postings come out by field, token and document, whatever their number."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kb.search.index import IndexFiles, Row
from kb.search.pool import Posting, PostingPool

FIELDS, TOKENS = ("body", "heads"), ("aid", "žala", "zone", "", "aider")


def some_postings(documents: int) -> list[Posting]:
    dice = random.Random(5)  # noqa: S311 - the same postings each time
    return [
        (field, token.encode(), document, dice.randrange(1, 9) / 2, b"")
        for document in range(documents)
        for field in dice.sample(FIELDS, 2)
        for token in dice.sample(TOKENS, 3)
    ]


@pytest.mark.parametrize("run", [1, 2, 7, 239, 240, 241, 10_000])
def test_all_postings_come_out_in_order(run: int) -> None:
    postings = some_postings(40)
    pool = PostingPool(run)
    for posting in postings:
        pool.add(posting)
    assert list(pool.iter_postings()) == sorted(postings)


def test_an_empty_pool_has_none_and_one_emptied_has_none() -> None:
    pool = PostingPool(2)
    assert list(pool.iter_postings()) == []
    for posting in some_postings(2):
        pool.add(posting)
    pool.cleanup()
    assert list(pool.iter_postings()) == []


def test_a_merge_keeps_what_was_written_before(tmp_path: Path) -> None:
    files = IndexFiles.create(tmp_path / "index")
    expected: dict[str, list[float]] = {}
    for number in range(12):  # the eleventh commit merges those before it
        row = Row(f"practices/{number}", {"body": {"aid": 1.0 + number, f"word{number:02}": 2.0}}, "{}")
        files.write([row])
        expected[f"word{number:02}"] = [2.0]
    del expected["word03"]
    files.write([], replaced=["practices/3"])
    weights: dict[str, list[float]] = {}
    for segment in files.segments():
        gone = set(segment.deleted.tolist())
        with segment.opened() as opened:
            found = opened.postings("body")
        for token, start, end in zip(found.tokens, found.starts, found.starts[1:], strict=False):
            kept = [place for place in range(start, end) if int(found.documents[place]) not in gone]
            weights.setdefault(token, []).extend(float(found.weights[place]) for place in kept)
    assert sorted(weights.pop("aid")) == [1.0 + number for number in range(12) if number != 3]
    assert {token: found for token, found in weights.items() if found} == expected
