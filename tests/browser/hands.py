"""Three ways to use a page: mouse, keyboard only, and mouse without scripts.

All three have the same methods. Selectors are the same in every language of the site.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.test_keyboard import Keys


class Mouse:
    """Uses the mouse, and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def unseen(self) -> list[str]:
        """Elements that had the focus but were not visible."""
        return []

    def take(self, css: str) -> None:
        """Press an element, without leaving the page."""
        self.page.locator(css).first.click()

    def go(self, css: str) -> None:
        """Press an element that opens another page."""
        with self.page.expect_navigation(wait_until="load"):
            self.take(css)

    def add(self, css: str, row: str) -> None:
        """Press a button that adds a row, and wait for the row."""
        self.take(css)
        self.page.locator(row).wait_for()

    def write(self, css: str, text: str) -> None:
        """Replace the text of a field at once; `Keyboard` types it letter by letter."""
        self.take(css)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, css: str, value: str, words: str) -> None:
        """Choose an option of a menu."""
        del words
        self.page.locator(css).select_option(value)

    def answer(self, name: str, value: str) -> None:
        """Answer a question that has no answer yet."""
        self.take(f"[name='{name}'][value='{value}']")

    def pick(self, name: str, value: str) -> None:
        """Choose an answer where another one is already chosen."""
        self.take(f"[name='{name}'][value='{value}']")


class Unscripted(Mouse):
    """Without scripts, each change of a page loads a new page."""

    def add(self, css: str, row: str) -> None:
        """Press a button that adds a row."""
        self.go(css)
        self.page.locator(row).wait_for()


class Keyboard(Mouse):
    """Never uses the mouse; records each element that has the focus but is not visible."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.keys = Keys(page)

    @property
    def unseen(self) -> list[str]:
        """Elements that had the focus but were not visible."""
        return self.keys.unseen

    def take(self, css: str) -> None:
        """Move to an element with the Tab key and press it."""
        self._reach(css)
        is_box = self.page.evaluate("document.activeElement.matches('[type=checkbox]')")
        self.page.keyboard.press("Space" if is_box else "Enter")

    def write(self, css: str, text: str) -> None:
        """Replace the text of a field."""
        self._reach(css)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, css: str, value: str, words: str) -> None:
        """Choose an option of a menu by typing its first letters."""
        self._reach(css)
        self.page.keyboard.type(words)
        assert self.page.locator(css).input_value() == value

    def answer(self, name: str, value: str) -> None:
        """Answer a question with the arrow keys, which wrap around and choose what they focus."""
        self._reach(f"[name='{name}']")
        self.page.keyboard.press({"yes": "ArrowRight", "no": "ArrowLeft"}[value])
        assert self.page.locator(f"[name='{name}'][value='{value}']").is_checked()

    def pick(self, name: str, value: str) -> None:
        """Choose another answer with the arrow keys. The chosen answer has the focus, and the keys wrap around."""
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
