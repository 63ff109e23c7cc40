"""Real records in a browser: some pages of each kind in the sitemap. This module names no record."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from random import Random
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import WIDE, Tab, what_is_wrong
from tests.browser.serving import ROOT, Site, served

# `KB_TEST_SEED=2` draws other pages.
SEED = int(os.environ.get("KB_TEST_SEED", "1"))
DRAWN = 60
# Pages of a record that the sitemap leaves out, because search engines should not index them.
UNMAPPED = {"practices": "changes", "tools": "convert"}


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a copy of the real content."""
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / "content", folder / "content")
    with served(folder) as made:
        yield made


def mapped(address: str) -> list[str]:
    """Return the URLs of a sitemap in every language, and those of the sitemaps that it lists."""
    with urlopen(address) as answer:  # noqa: S310 - our own site
        text = answer.read().decode()
    found = re.findall(r'<loc>([^<]+)</loc>|hreflang="[a-z]{2}" href="([^"]+)"', text)
    if "<sitemapindex" in text:
        return [each for one, _other in found for each in mapped(one)]
    return sorted({one or other for one, other in found})


def kind_of(address: str) -> tuple[str, ...]:
    """Return the key of a kind of page: the path without language and ids."""
    parts = address.split("/")[4:]
    return (parts[0], *("" if number == 1 else each for number, each in enumerate(parts[1:], 1) if number != 2))


def some_of(addresses: list[str]) -> dict[str, str]:
    """Draw a page of each kind, and `DRAWN` more; the same pages for the same seed."""
    among = Random(SEED)  # noqa: S311 - the draw need not be secure
    shuffled = among.sample(addresses, len(addresses))
    shuffled += [
        f"{each}/{UNMAPPED[kind[0]]}" for each in shuffled if (kind := kind_of(each))[0] in UNMAPPED and len(kind) > 1
    ]
    first = {kind_of(each): each for each in reversed(shuffled)}
    return {each: each for each in [*first.values(), *shuffled[:DRAWN]]}


@pytest.mark.long
def test_real_pages_of_every_kind_pass_axe_and_fit_a_phone(browser: Browser, real_site: Site) -> None:
    tabs = [Tab(browser, real_site, **WIDE), Tab(browser, real_site, **WIDE)]
    pages = some_of(mapped(f"{real_site.url}/sitemap.xml"))
    wrong = what_is_wrong(tabs, pages, "light", "dark", status=200)
    for tab in tabs:
        tab.leave()
    assert len(pages) > DRAWN
    assert wrong == []
