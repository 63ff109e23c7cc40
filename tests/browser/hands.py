"""Three ways to use a page: with a mouse, with a keyboard alone, and with a mouse where scripts do not run.

All three are told the same things, by names that are the same in every language of the site.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.test_keyboard import Keys


class Mouse:
    """Points at things and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def unseen(self) -> list[str]:
        """What had the focus and could not be seen."""
        return []

    def take(self, css: str) -> None:
        """Come to something and press it, without leaving the page."""
        self.page.locator(css).first.click()

    def go(self, css: str) -> None:
        """Press something that leads to another page."""
        with self.page.expect_navigation(wait_until="load"):
            self.take(css)

    def add(self, css: str, row: str) -> None:
        """Press a button that adds a row, which is there when this returns."""
        self.take(css)
        self.page.locator(row).wait_for()

    def write(self, css: str, text: str) -> None:
        """Put a text in the place of what stands in a field, at once: a keyboard types it letter by letter."""
        self.take(css)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, css: str, value: str, words: str) -> None:
        """Choose something from a menu."""
        del words
        self.page.locator(css).select_option(value)

    def answer(self, name: str, value: str) -> None:
        """Answer a question to which nothing has been said yet."""
        self.take(f"[name='{name}'][value='{value}']")

    def pick(self, name: str, value: str) -> None:
        """Choose one of several answers of which one is chosen already."""
        self.take(f"[name='{name}'][value='{value}']")


class Unscripted(Mouse):
    """Without scripts, whatever changes a page makes a new one."""

    def add(self, css: str, row: str) -> None:
        """Press a button that adds a row."""
        self.go(css)
        self.page.locator(row).wait_for()


class Keyboard(Mouse):
    """Never touches the mouse; notes whatever has the focus and cannot be seen."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.keys = Keys(page)

    @property
    def unseen(self) -> list[str]:
        """What had the focus and could not be seen."""
        return self.keys.unseen

    def take(self, css: str) -> None:
        """Come to something by the Tab key and press it."""
        self._reach(css)
        is_box = self.page.evaluate("document.activeElement.matches('[type=checkbox]')")
        self.page.keyboard.press("Space" if is_box else "Enter")

    def write(self, css: str, text: str) -> None:
        """Put a text in the place of what stands in a field."""
        self._reach(css)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, css: str, value: str, words: str) -> None:
        """Choose something from a menu by typing its first letters."""
        self._reach(css)
        self.page.keyboard.type(words)
        assert self.page.locator(css).input_value() == value

    def answer(self, name: str, value: str) -> None:
        """Answer a question: what is chosen has the focus, and the arrows lead round."""
        self._reach(f"[name='{name}']")
        self.page.keyboard.press({"yes": "ArrowRight", "no": "ArrowLeft"}[value])
        assert self.page.locator(f"[name='{name}'][value='{value}']").is_checked()

    def pick(self, name: str, value: str) -> None:
        """Choose another answer than the one that is chosen, which has the focus: the arrows lead round."""
        self._reach(f"[name='{name}']")
        wanted = self.page.locator(f"[name='{name}'][value='{value}']")
        for _each in range(self.page.locator(f"[name='{name}']").count()):
            if wanted.is_checked():
                break
            self.page.keyboard.press("ArrowDown")
        assert wanted.is_checked()

    def _reach(self, css: str) -> None:
        if not self.page.evaluate("css => document.activeElement.matches(css)", css):
            self.keys.reach(css)
