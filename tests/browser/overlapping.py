"""Finds text that is printed over other text or over a field, with one script in the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from playwright.sync_api import Page

from tests.browser.visitor import Visitor

# The line box of a browser has empty space above and below the letters. The script ignores this space, so that close
# lines do not count as touching. Of clipped text, only the visible part counts. Elements that stay in the window during
# scrolling are compared at the end of the page: only there, nothing can be scrolled out of their way.
OVERLAPS = """() => {
  const UNSEEN = ".visually-hidden, .skip, .sprite, option, script, style";
  const ALL = {left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity};
  const seen = new Map();
  const common = (one, two) => ({
    left: Math.max(one.left, two.left), top: Math.max(one.top, two.top),
    right: Math.min(one.right, two.right), bottom: Math.min(one.bottom, two.bottom),
  });
  const within = (element) => {  // what is seen of what lies in an element, and whether that stays in the window
    if (element === document.body) return {part: ALL, stays: false};
    if (!seen.has(element)) {
      const style = getComputedStyle(element);
      const around = style.position === "fixed" ? {part: ALL, stays: true} : {...within(element.parentElement)};
      around.stays ||= style.position === "sticky" && style.bottom !== "auto";
      const cuts = style.overflowX !== "visible" || style.clipPath !== "none";
      const part = cuts ? common(around.part, element.getBoundingClientRect()) : around.part;
      seen.set(element, {...around, part: style.clipPath === "none" ? part : {...part, right: part.left}});
    }
    return seen.get(element);
  };
  const boxes = () => {
    seen.clear();
    const found = [];
    const keep = (element, words, rects, space) => {
      const {part, stays} = within(element);
      for (const rect of rects) {
        const room = rect.height * space;
        const box = common(part, {
          left: rect.left + 1, right: rect.right - 1, top: rect.top + room, bottom: rect.bottom - room,
        });
        if (box.left < box.right && box.top < box.bottom) found.push({...box, words, stays});
      }
    };
    const isSeen = (element) => !element.closest(UNSEEN) && element.checkVisibility({visibilityProperty: true});
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || !isSeen(node.parentElement)) continue;
      range.selectNodeContents(node);
      keep(node.parentElement, node.data.trim().slice(0, 40), range.getClientRects(), 0.15);
    }
    for (const field of document.querySelectorAll("input, select, textarea")) {
      if (isSeen(field)) keep(field, `<${field.name || field.type}>`, [field.getBoundingClientRect()], 0.1);
    }
    return found.sort((one, two) => one.top - two.top);
  };
  const pairs = (found, matter) => {
    const said = new Set();
    let open = [];
    for (const box of found) {
      open = open.filter(({bottom}) => bottom > box.top + 1);
      for (const other of open) {
        const isOver = box.left + 1 < other.right && other.left + 1 < box.right;
        if (isOver && matter(box, other)) said.add(`${other.words} / ${box.words}`);
      }
      open.push(box);
    }
    return [...said];
  };
  const said = pairs(boxes(), (one, two) => one.stays === two.stays);
  const place = scrollY;
  scrollTo(0, document.documentElement.scrollHeight);
  said.push(...pairs(boxes(), (one, two) => one.stays !== two.stays));
  scrollTo(0, place);
  return said;
}"""
# Pixels: phones, tablets, laptops and large windows.
WIDTHS = (320, 390, 768, 1280, 1920)


def overlaps(page: Page, widths: Iterable[int] = WIDTHS) -> list[str]:
    """Return the overlapping texts on a page, in windows of these widths."""
    wrong = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{width} pixels: {each}" for each in page.evaluate(OVERLAPS)]
    return wrong


def overlapping(visitor: Visitor, addresses: Mapping[str, str], widths: Sequence[int] = WIDTHS) -> list[str]:
    """Return the overlapping texts on pages, in windows of these widths."""
    wrong = []
    for name, address in addresses.items():
        visitor.page.goto(address)
        wrong += [f"{name}, {each}" for each in overlaps(visitor.page, widths)]
    return wrong
