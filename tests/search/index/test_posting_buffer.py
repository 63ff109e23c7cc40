"""The posting buffer returns postings by field, token and document, however many there are."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from kb.search.index.posting_buffer import Posting, PostingPool

FIELDS, TOKENS = ("body", "heads"), ("aid", "žala", "zone", "", "aider")


def some_postings(documents: int) -> list[Posting]:
    dice = random.Random(5)  # noqa: S311 - the same postings each time
    return [
        (field, token.encode(), document, dice.randrange(1, 9) / 2, b"")
        for document in range(documents)
        for field in dice.sample(FIELDS, 2)
        for token in dice.sample(TOKENS, 3)
    ]


def postings_in(pool: PostingPool) -> list[Posting]:
    """Return the postings one by one, in the buffer's order."""
    return [
        (field, token.encode(), document, weight, b"")
        for field, found in pool.iter_postings()
        for token, (start, end) in zip(found.tokens, pairwise(found.starts.tolist()), strict=True)
        for document, weight in zip(found.documents[start:end].tolist(), found.weights[start:end].tolist(), strict=True)
    ]


@pytest.mark.parametrize("run", [1, 2, 7, 239, 240, 241, 10_000])
def test_all_postings_come_out_in_order(run: int) -> None:
    postings = some_postings(40)
    pool = PostingPool(run)
    for posting in postings:
        pool.add(posting)
    assert postings_in(pool) == sorted(postings)


@pytest.mark.parametrize("run", [1, 7, 240, 10_000])
def test_whole_documents_come_out_as_their_postings_do(run: int) -> None:
    postings = some_postings(40)
    pool = PostingPool(run)
    for document in range(40):
        found = [posting for posting in postings if posting[2] == document]
        weights = {
            field: {posting[1].decode(): posting[3] for posting in found if posting[0] == field} for field in FIELDS
        }
        pool.add_document(document, weights)
    assert postings_in(pool) == sorted(postings)


def test_an_empty_pool_has_none_and_one_emptied_has_none() -> None:
    pool = PostingPool(2)
    assert postings_in(pool) == []
    for posting in some_postings(2):
        pool.add(posting)
    pool.cleanup()
    assert postings_in(pool) == []


@pytest.mark.parametrize("run", [1, 20, 10_000])
def test_batches_of_another_pool_give_the_same_postings(run: int) -> None:
    """Also if the pool gets postings of its own between them, as Whoosh adds some."""
    postings = some_postings(40)
    one, other, pool = PostingPool(), PostingPool(), PostingPool(run)
    for start in range(0, 40, 10):
        batch = [each for each in postings if start <= each[2] < start + 10]
        for field, token, document, weight, value in batch:
            one.add((field, token, document, weight, value))
            other.add((field, token, document - start, weight, value))
        pool.add_batch(start, other.take_batch())
        for each in (one, pool):
            each.add(("record", f"r{start}".encode(), start, 1.0, b""))
    assert postings_in(pool) == postings_in(one)
