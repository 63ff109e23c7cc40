"""Somebody with a browser of her own, what her browser asked for, and what axe says of the page before her."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Page

from tests.browser.serving import PASSWORD, Site

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What differs between the schemes. A device asks for one, which the attribute overrides.
COLOURS = ["color-contrast", "link-in-text-block"]
# Without a scheme the page is looked at as it stands. In colours of the reader's own there is nothing to measure.
LOOK = """async ([schemes, rules, colours]) => {
  const said = [], areOwn = matchMedia("(forced-colors: active)").matches;
  const look = async (scheme, chosen) => {
    if (scheme) document.documentElement.dataset.scheme = scheme;
    const found = await axe.run(document, {...chosen, resultTypes: ["violations"], selectors: false});
    for (const {id, nodes} of found.violations) {
      for (const {html} of nodes) said.push(`${scheme ? `${scheme}: ` : ""}${id}: ${html.slice(0, 200)}`);
    }
  };
  const rest = Object.fromEntries(colours.map((id) => [id, {enabled: !areOwn}]));
  await look(schemes[0], {runOnly: rules, rules: rest});
  for (const scheme of schemes.slice(1)) await look(scheme, {runOnly: {type: "rule", values: colours}});
  return said;
}"""
COOKIE = "praxis"
IS_THERE = "typeof axe !== 'undefined'"


def give_axe(page: Page | Frame) -> None:
    """Bring axe into a page that has none yet."""
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE)


def complaints(page: Page | Frame, schemes: Sequence[str] = ("",)) -> list[str]:
    """Return what axe finds wrong with a page in the first scheme, and of colours in the others."""
    give_axe(page)
    found: list[str] = page.evaluate(LOOK, [list(schemes), RULES, COLOURS])
    return found


class Visitor:
    """Somebody with a browser of her own, and a list of the addresses that her browser asked for."""

    def __init__(self, browser: Browser, site: Site, **options: Any) -> None:
        self.site = site
        self._free = site.profiles.setdefault(repr((type(self).__name__, sorted(options.items()))), [])
        self.is_new = not self._free
        self.context: BrowserContext = (
            browser.new_context(base_url=site.url, reduced_motion="reduce", **options)
            if self.is_new
            else self._free.pop()
        )
        self.context.set_default_timeout(20_000)
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    def leave(self) -> None:
        """Go, and leave the profile empty to whoever comes next: a new one takes a third of a second to make."""
        session = self.context.new_cdp_session(self.page)
        session.send("Storage.clearDataForOrigin", {"origin": self.site.url, "storageTypes": "all"})
        for page in self.context.pages:
            page.close()
        self.context.clear_cookies()
        self.context.set_offline(False)
        self._free.append(self.context)

    def complaints(self) -> list[str]:
        """Return what axe finds wrong with the page as it stands."""
        return complaints(self.page)

    def scrolls_sideways(self) -> bool:
        """Say whether the page is wider than the window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return width > 0

    def sign_in(self, email: str) -> None:
        """Be signed in: the first time by the form, from then on by the cookie that it gave."""
        if kept := self.site.cookies.get(email):
            self.context.add_cookies(
                [{"name": COOKIE, "value": kept, "url": self.site.url, "httpOnly": True, "sameSite": "Lax"}]
            )
        else:
            self.sign_in_by_form(email)
            self.site.cookies[email] = next(each["value"] for each in self.context.cookies() if each["name"] == COOKIE)

    def sign_in_by_form(self, email: str) -> None:
        """Sign in by the form."""
        self.page.goto("/en/sign-in")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name="Sign in").click()
