"""Styles of a Word document: the substitute for our typeface, colours and sizes; and language tags that Word knows."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from kb.documents import design_tokens as tokens
from kb.documents.blocks import Look
from kb.documents.design_tokens import word_colour
from kb.documents.docx_elements import border, shade_paragraphs
from kb.documents.print_sizes import body, smaller

# Available on every system, or replaced by Liberation Sans, whose letters have the same width.
FONT = "Arial"
PINE, SOFT, BRICK = (RGBColor.from_string(word_colour(each)) for each in (tokens.PINE, tokens.SOFT, tokens.BRICK))
WASH = word_colour(tokens.WASH)
STYLES = {Look.SMALL: "Small", Look.LARGE: "Large", Look.SAY: "Read aloud", Look.NOTICE: "Notice", Look.QUOTE: "Quote"}
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


def set_styles(file: Any, *, document_language: str, is_large: bool) -> None:
    """Add our named styles to a new file and set its language.

    A user who takes over the file can restyle all paragraphs of a style at once.
    """
    styles = file.styles
    size = body(is_large=is_large)
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(size)
    normal.paragraph_format.space_after = Pt(6)
    for name in ("Title", "Subtitle", *(f"Heading {level}" for level in range(1, 6))):
        style = styles[name]
        style.font.name, style.font.color.rgb, style.font.italic = FONT, PINE, False
        # The template sets theme fonts, which override a plain font name.
        fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
    styles["Subtitle"].font.size = Pt(size)
    for level, points in enumerate((1.5, 1.25, 1.1, 1, 1), 1):
        styles[f"Heading {level}"].font.size = Pt(size * points)
        styles[f"Heading {level}"].paragraph_format.space_before = Pt(14 if level == 1 else 9)
        styles[f"Heading {level}"].paragraph_format.space_after = Pt(3)
    for look, name in STYLES.items():
        if look is not Look.QUOTE:
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
    styles["Small"].font.size, styles["Small"].font.color.rgb = Pt(smaller(9.6, is_large=is_large)), SOFT
    styles["Large"].font.size = Pt(size * 1.15)
    styles["Notice"].font.bold, styles["Notice"].font.color.rgb = True, BRICK
    styles["Read aloud"].paragraph_format.keep_with_next = True
    read_aloud = styles["Read aloud"].element.get_or_add_pPr()
    border(read_aloud, "left", 24, word_colour(tokens.PINE))
    shade_paragraphs(read_aloud, WASH)
    for name, points in (("Table text", size * 0.92), ("Field", size)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = normal, Pt(points)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(0), 1.0
    contents = styles.add_style("Contents", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style, contents.paragraph_format.space_after = normal, Pt(2)
    gap = styles.add_style("Gap", WD_STYLE_TYPE.PARAGRAPH)
    gap.base_style, gap.font.size = normal, Pt(2)
    gap.paragraph_format.space_after, gap.paragraph_format.line_spacing = Pt(0), Pt(6)
    for name, colour in (("Table Grid", SOFT), ("Title", PINE)):
        _recolour(styles[name].element, colour)
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    if (old := defaults.find(qn("w:lang"))) is not None:
        defaults.remove(old)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{document_language}"/>'))


def hyphenate(file: Any) -> None:
    """Hyphenate long words in tables only, because their columns hold few letters in large print."""
    file.settings.element.insert_element_before(parse_xml(f"<w:autoHyphenation {nsdecls('w')}/>"), *_AFTER_HYPHENATION)
    for name, value in (("Normal", "1"), ("Table text", "0")):
        properties = file.styles[name].element.get_or_add_pPr()
        written = parse_xml(f'<w:suppressAutoHyphens {nsdecls("w")} w:val="{value}"/>')
        properties.insert_element_before(written, *_AFTER_SUPPRESSION)


def _recolour(style: Any, colour: RGBColor) -> None:
    """Draw the borders of a template style in our colour; remove the theme colour, which would override it."""
    for line in style.iter(*(qn(f"w:{side}") for side in _SIDES)):
        if line.get(qn("w:val")):
            line.set(qn("w:color"), str(colour))
            line.attrib.pop(qn("w:themeColor"), None)
