"""Styles of a Word document: the substitute for our typeface, colours and sizes; and language tags that Word knows."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from kb.documents import design_tokens as tokens
from kb.documents.blocks import Look
from kb.documents.design_tokens import word_colour
from kb.documents.print_sizes import LARGE_SCALE, NUMBER_SCALE, PrintSizes
from kb.documents.word.elements import border, shade_paragraphs

# Available on every system, or replaced by Liberation Sans, whose letters have the same width.
FONT = "Arial"
PINE, SOFT, BRICK = (RGBColor.from_string(word_colour(each)) for each in (tokens.PINE, tokens.SOFT, tokens.BRICK))
WASH = word_colour(tokens.WASH)
STYLES = {
    Look.SMALL: "Small",
    Look.LARGE: "Large",
    Look.NUMBER: "Number",
    Look.SAY: "Read aloud",
    Look.NOTICE: "Notice",
    Look.QUOTE: "Quote",
}
# Sizes relative to plain text: of headings by their level, and of texts in cells.
_TITLE = 26 / 12
_HEADINGS, _COMPACT_HEADINGS = (1.5, 1.25, 1.1, 1, 1), (1.12, 1, 1, 1, 1)
_IN_CELLS = {"Table text": 0.92, "Field": 1, "Cell label": 0.84, "Cell entry": 1, "Strip": 1}
# Points above and below headings of the first level and of others, beside letters of 12 points.
_AROUND_HEADINGS, _COMPACT_AROUND = ((14, 3), (9, 3)), ((6, 1.5), (5, 1))
_COMPACT_SPACE = 0.25  # below a paragraph
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
# Successors among the settings of a file and the properties of a paragraph: the format requires this order.
_AFTER_HYPHENATION = (
    *("w:consecutiveHyphenLimit", "w:hyphenationZone", "w:doNotHyphenateCaps", "w:showEnvelope", "w:summaryLength"),
    *("w:clickAndTypeStyle", "w:defaultTableStyle", "w:evenAndOddHeaders", "w:drawingGridHorizontalSpacing"),
    *("w:drawingGridVerticalSpacing", "w:characterSpacingControl", "w:footnotePr", "w:endnotePr", "w:compat"),
    *("w:docVars", "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:shapeDefaults"),
    *("w:decimalSymbol", "w:listSeparator"),
)
_AFTER_SUPPRESSION = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
_TAGS = {"en": "en-GB", "pt": "pt-PT", "it": "it-IT", "lt": "lt-LT", "ro": "ro-RO"}


def language_tag(language: str) -> str:
    """Return a language tag with its country, which Word needs to check spelling."""
    return _TAGS.get(language, language)


def set_styles(file: Any, *, document_language: str, sizes: PrintSizes) -> None:
    """Add our named styles to a new file and set its language.

    A user who takes over the file can restyle all paragraphs of a style at once.
    """
    styles = file.styles
    size, is_compact = sizes.points, sizes.page.is_compact
    scale = sizes.space_scale
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(size)
    normal.paragraph_format.space_after = Pt(size * _COMPACT_SPACE if is_compact else 6 * scale)
    if is_compact:
        normal.paragraph_format.line_spacing = 1.0
    for name in ("Title", "Subtitle", *(f"Heading {level}" for level in range(1, 6))):
        style = styles[name]
        style.font.name, style.font.color.rgb, style.font.italic = FONT, PINE, False
        # The template sets theme fonts, which override a plain font name.
        fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
    styles["Subtitle"].font.size = Pt(size)
    if is_compact:
        styles["Title"].font.size, styles["Title"].paragraph_format.space_after = Pt(size * 1.35), Pt(3)
        styles["Subtitle"].paragraph_format.space_after = Pt(2)
    elif not sizes.is_large:
        styles["Title"].font.size = Pt(size * _TITLE)
    for level, points in enumerate(_COMPACT_HEADINGS if is_compact else _HEADINGS, 1):
        shape = styles[f"Heading {level}"].paragraph_format
        styles[f"Heading {level}"].font.size = Pt(size * points)
        above, below = (_COMPACT_AROUND if is_compact else _AROUND_HEADINGS)[level > 1]
        shape.space_before, shape.space_after = Pt(above * scale), Pt(below * scale)
    for look, name in STYLES.items():
        if look is not Look.QUOTE:
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
    styles["Small"].font.size, styles["Small"].font.color.rgb = Pt(sizes.smaller(9.6)), SOFT
    styles["Large"].font.size = Pt(size * LARGE_SCALE)
    styles["Number"].font.size, styles["Number"].font.bold = Pt(size * NUMBER_SCALE), True
    styles["Notice"].font.bold, styles["Notice"].font.color.rgb = True, BRICK
    styles["Read aloud"].paragraph_format.keep_with_next = True
    read_aloud = styles["Read aloud"].element.get_or_add_pPr()
    border(read_aloud, "left", 24, word_colour(tokens.PINE))
    shade_paragraphs(read_aloud, WASH)
    for name, points in _IN_CELLS.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = normal, Pt(size * points)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(0), 1.0
    # The sign of a box to tick is of another typeface, whose lines are higher.
    styles["Cell entry"].paragraph_format.line_spacing = Pt(size * 1.3)
    strip = styles["Strip"].paragraph_format
    strip.alignment, strip.space_before = WD_ALIGN_PARAGRAPH.CENTER, Pt(0)
    foot = styles.add_style("Foot", WD_STYLE_TYPE.PARAGRAPH)
    foot.base_style, foot.font.size = styles["Small"], Pt(7.5 if is_compact else sizes.smaller(9.6))
    cut = styles.add_style("Cut", WD_STYLE_TYPE.PARAGRAPH)
    cut.base_style, cut.font.size, cut.font.color.rgb = normal, Pt(9), SOFT
    cut.paragraph_format.line_spacing, cut.paragraph_format.space_after = 1.0, Pt(6)
    contents = styles.add_style("Contents", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style, contents.paragraph_format.space_after = normal, Pt(2)
    gap = styles.add_style("Gap", WD_STYLE_TYPE.PARAGRAPH)
    gap.base_style, gap.font.size = normal, Pt(2)
    gap.paragraph_format.space_after, gap.paragraph_format.line_spacing = Pt(0), Pt(3 if is_compact else 6)
    thin = styles.add_style("Thin", WD_STYLE_TYPE.PARAGRAPH)
    thin.base_style, thin.font.size = gap, Pt(1)
    thin.paragraph_format.line_spacing = Pt(1)
    for name, colour in (("Table Grid", SOFT), ("Title", PINE)):
        _recolour(styles[name].element, colour)
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    if (old := defaults.find(qn("w:lang"))) is not None:
        defaults.remove(old)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{document_language}"/>'))


def hyphenate(file: Any, *, is_narrow: bool) -> None:
    """Hyphenate long words in tables and fields, and in all texts if their lines are short; never in headings."""
    file.settings.element.insert_element_before(parse_xml(f"<w:autoHyphenation {nsdecls('w')}/>"), *_AFTER_HYPHENATION)
    whole = ("Title", "Subtitle", *(f"Heading {level}" for level in range(1, 6)))
    kept = dict.fromkeys(whole if is_narrow else ("Normal",), "1")
    for name, value in {**kept, **({} if is_narrow else dict.fromkeys(_IN_CELLS, "0"))}.items():
        properties = file.styles[name].element.get_or_add_pPr()
        written = parse_xml(f'<w:suppressAutoHyphens {nsdecls("w")} w:val="{value}"/>')
        properties.insert_element_before(written, *_AFTER_SUPPRESSION)


def _recolour(style: Any, colour: RGBColor) -> None:
    """Draw the borders of a template style in our colour; remove the theme colour, which would override it."""
    for line in style.iter(*(qn(f"w:{side}") for side in _SIDES)):
        if line.get(qn("w:val")):
            line.set(qn("w:color"), str(colour))
            line.attrib.pop(qn("w:themeColor"), None)
