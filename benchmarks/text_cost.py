"""How much of a processor texts made to keep us busy cost, at n, 2n and 4n letters.

`python benchmarks/text_cost.py [--letters 5000] [--most 0.5]` prints a line for each shape with the seconds of the
processor and how they grow (2 is linear, 4 is quadratic from one column to the next), and ends with 1 where the
longest text of a shape takes more than `--most` seconds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kb.content.markdown import to_html

STEPS = (1, 2, 4)
# Each is repeated until it has as many letters as wanted.
SHAPES = {
    "setext headings": "a\n=\n",
    "rules": "* * *\n",
    "rules of dashes": "---\n",
    "headings": "# a\n",
    "lists": "- a\n",
    "numbered lists": "1. a\n",
    "lists in lists": "- a\n  - b\n    - c\n",
    "quotations": "> a\n",
    "quotations in quotations": "> > > > > a\n",
    "code": "    a\n",
    "fences": "```\na\n",
    "tables": "|a|b|\n|-|-|\n",
    "tables of backticks": "`| ",
    "cells": "|a",
    "backticks": "`",
    "backticks apart": "a ` ",
    "backticks in pairs": "`` ` ",
    "stars": "*",
    "stars apart": "*a ",
    "stars that nest": "**a *b ",
    "underscores": "_a _",
    "brackets": "[",
    "brackets closed": "[a](b ",
    "pictures": "![a](",
    "source marks": "[^a",
    "source marks whole": "[^a] ",
    "addresses": "<http://a",
    "entities": "&amp;",
    "escapes": "\\*",
    "line ends": "a  \n",
    "empty lines": "\n",
    "spaces": " ",
    "tabs": "\t",
    "one word": "a",
    "angle brackets": "<a ",
    "comments": "<!-- ",
}


def repeated(shape: str, letters: int) -> str:
    """Return so many letters of a shape."""
    return (shape * (letters // len(shape) + 1))[:letters]


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the seconds of the processor that a text takes."""
    begun = time.process_time()
    work(text)
    return time.process_time() - begun


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--letters", type=int, default=5000)
    options.add_argument("--most", type=float, default=0.5)
    chosen = options.parse_args()
    works: dict[str, Callable[[str], object]] = {"Markdown": to_html}
    slow = []
    for kind, work in works.items():
        work("a")  # what is loaded once
        for name, shape in SHAPES.items():
            took = [seconds(work, repeated(shape, chosen.letters * step)) for step in STEPS]
            growth = ", ".join(f"{after / before:.1f}" for before, after in pairwise(took) if before)
            print(f"{kind}, {name}: {' / '.join(f'{each:.3f}' for each in took)} s, growth {growth}")
            if took[-1] > chosen.most:
                slow.append(f"{kind}, {name}: {took[-1]:.2f} s")
    if slow:
        sys.exit("too slow: " + "; ".join(slow))


if __name__ == "__main__":
    main()
