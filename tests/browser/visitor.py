"""A visitor with her own browser profile, the requests of her browser, and what axe reports about her page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Page

from tests.browser.serving import PASSWORD, Site

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Rules whose results depend on the scheme. A device asks for a scheme, which the attribute overrides.
COLOURS = ["color-contrast", "link-in-text-block"]
# Without a scheme, check the page as it is. With forced colours of the user there is nothing to measure.
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
    """Load axe into a page that does not have it yet."""
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE)


def complaints(page: Page | Frame, schemes: Sequence[str] = ("",)) -> list[str]:
    """Return what axe reports: all rules in the first scheme, only the colour rules in the others."""
    give_axe(page)
    found: list[str] = page.evaluate(LOOK, [list(schemes), RULES, COLOURS])
    return found


class Visitor:
    """A visitor with her own browser profile, and a list of the URLs that her browser requested."""

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
        """Clear the profile and leave it to the next visitor: a new profile takes a third of a second to create."""
        session = self.context.new_cdp_session(self.page)
        session.send("Storage.clearDataForOrigin", {"origin": self.site.url, "storageTypes": "all"})
        for page in self.context.pages:
            page.close()
        self.context.clear_cookies()
        self.context.set_offline(False)
        self._free.append(self.context)

    def complaints(self) -> list[str]:
        """Return what axe reports about the page in its current state."""
        return complaints(self.page)

    def scrolls_sideways(self) -> bool:
        """Return whether the page is wider than the window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return width > 0

    def sign_in(self, email: str) -> None:
        """Sign in: the first time with the form, later with its session cookie."""
        if kept := self.site.cookies.get(email):
            self.context.add_cookies(
                [{"name": COOKIE, "value": kept, "url": self.site.url, "httpOnly": True, "sameSite": "Lax"}]
            )
        else:
            self.sign_in_by_form(email)
            self.site.cookies[email] = next(each["value"] for each in self.context.cookies() if each["name"] == COOKIE)

    def sign_in_by_form(self, email: str) -> None:
        """Sign in with the form."""
        self.page.goto("/en/sign-in")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name="Sign in").click()
