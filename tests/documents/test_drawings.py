"""The drawings of the easy-to-read booklet: an SVG and a PNG of each, small, and nothing in them but shapes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import lxml.etree
import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
DRAWINGS = ROOT / "kb" / "documents" / "drawings"
NAMES = sorted({path.stem for path in DRAWINGS.iterdir() if path.suffix in (".svg", ".png")})
SVG_BYTES = 4 * 1024
PNG_BYTES = 25 * 1024
PIXELS = 600
# Whatever else SVG has could run, load, name or write something.
SHAPES = {"svg", "path", "rect", "circle", "ellipse"}
ATTRIBUTES = {
    *("viewBox", "d", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r"),
    *("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray"),
}
COLOURS = {"none", "#1d2b2a", "#e6ebe9", "#1f5b4d", "#fff", "#c3ccc9", "#9daaa6"}


def test_there_are_drawings() -> None:
    assert {"cover", "danger", "police", "made"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_svg_has_only_shapes_in_the_colours_of_the_set(name: str) -> None:
    written = (DRAWINGS / f"{name}.svg").read_bytes()
    assert len(written) <= SVG_BYTES
    root = lxml.etree.fromstring(written)
    assert root.get("viewBox") == "0 0 240 240"
    assert root.xpath("normalize-space()") == ""
    for element in root.iter("*"):
        assert lxml.etree.QName(element).namespace == "http://www.w3.org/2000/svg"
        assert lxml.etree.QName(element).localname in SHAPES
        assert set(element.attrib) <= ATTRIBUTES
        assert {element.get("fill", "none"), element.get("stroke", "none")} <= COLOURS


@pytest.mark.parametrize("name", NAMES)
def test_the_png_is_a_small_square_without_transparency(name: str) -> None:
    path = DRAWINGS / f"{name}.png"
    assert path.stat().st_size <= PNG_BYTES
    with Image.open(path) as image:
        assert (image.format, image.size) == ("PNG", (PIXELS, PIXELS))
        assert not image.has_transparency_data
        assert image.mode in ("P", "L")
        counts = image.convert("L").histogram()
    assert sum(counts[:64]) > 0, "no line"
    assert counts[255] > 0, "no white ground"


def test_an_installed_house_has_the_drawings() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]["kb"]
    found = {path.relative_to(ROOT / "kb").as_posix() for pattern in listed for path in (ROOT / "kb").glob(pattern)}
    assert {f"documents/drawings/{name}.{ending}" for name in NAMES for ending in ("svg", "png")} <= found
