"""XML elements of a Word file that python-docx does not support: content controls, numbering, links, fields.

They follow ECMA-376; check boxes are those of Word 2010 (`w14:checkbox`).
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from kb.documents.blocks import ContentControl, ControlType
from kb.documents.design_tokens import PINE, word_colour

BULLET, NUMBER = "bullet", "decimal"
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_DEPTHS = 4
_ROOM = "\N{NO-BREAK SPACE}" * 5  # an empty control would show a prompt to click there
_STEP = 360  # twentieths of a point
# Successors among the properties of a paragraph and of a run: the format requires this order.
_AFTER_BORDER = (
    *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct"),
    *("w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind"),
    *("w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
    *("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)
_AFTER_SHADE = ("w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish")


def control_xml(control: ContentControl, name: str, number: int, label: str) -> str:
    """Return the XML of a content control that a person fills in; screen readers read its title."""
    spoken, tag = quoteattr(label[:250]), quoteattr(name[:60])
    head = f'<w:alias w:val={spoken}/><w:tag w:val={tag}/><w:id w:val="{number}"/>'
    if control.type is ControlType.CHECK:
        kind = (
            '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        )
        font = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>'
        text = f"<w:r><w:rPr>{font}</w:rPr><w:t>☐</w:t></w:r>"
    else:
        kind = "<w:date/>" if control.type is ControlType.DATE else '<w:text w:multiLine="1"/>'
        text = f'<w:r><w:t xml:space="preserve">{_ROOM}</w:t></w:r>'
    return f"<w:sdt {nsdecls('w')} {_W14}><w:sdtPr>{head}{kind}</w:sdtPr><w:sdtContent>{text}</w:sdtContent></w:sdt>"


def line_xml(label: str, number: int, signs: int) -> str:
    """Return the XML of a line to write on: a content control with so many underscores, which a typed text replaces."""
    spoken = quoteattr(label[:250])
    head = f'<w:alias w:val={spoken}/><w:tag w:val="line-{number}"/><w:id w:val="{number}"/><w:showingPlcHdr/><w:text/>'
    text = f"<w:r><w:t>{'_' * signs}</w:t></w:r>"
    return f"<w:sdt {nsdecls('w')}><w:sdtPr>{head}</w:sdtPr><w:sdtContent>{text}</w:sdtContent></w:sdt>"


class Numbering:
    """The lists of a file; each numbered list has its own first number."""

    def __init__(self, file: Any) -> None:
        self._root = file.part.numbering_part.element
        self._abstract: dict[str, int] = {}

    def new(self, kind: str, start: int) -> int:
        """Create a list and return its number, by which paragraphs join it."""
        if kind not in self._abstract:
            self._abstract[kind] = self._kind(kind)
        number = max((int(each.get(qn("w:numId"))) for each in self._root.findall(qn("w:num"))), default=0) + 1
        override = "".join(
            f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start if depth == 0 else 1}"/></w:lvlOverride>'
            for depth in range(_DEPTHS)
        )
        self._root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{self._abstract[kind]}"/>'
                f"{override if kind == NUMBER else ''}</w:num>"
            )
        )
        return number

    def _kind(self, kind: str) -> int:
        known = [int(each.get(qn("w:abstractNumId"))) for each in self._root.findall(qn("w:abstractNum"))]
        number = max(known, default=-1) + 1
        levels = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{"•" if kind == BULLET else f"%{depth + 1}."}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{_STEP * (depth + 1)}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
            for depth in range(_DEPTHS)
        )
        element = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>')
        first = self._root.find(qn("w:num"))
        if first is None:
            self._root.append(element)
        else:
            first.addprevious(element)  # the format requires all abstract lists before the first list
        return number

    @staticmethod
    def apply(paragraph: Any, number: int, depth: int) -> None:
        """Make a paragraph an entry of a list."""
        properties = paragraph._p.get_or_add_pPr()
        numbers = properties.get_or_add_numPr()
        numbers.get_or_add_ilvl().val = min(depth, _DEPTHS - 1)
        numbers.get_or_add_numId().val = number


def hyperlink(paragraph: Any, text: str, *, address: str = "", anchor: str = "", language: str = "") -> None:
    """Add a link to a URL, or to a bookmark in the file; `language` is the tag of its text if it needs one."""
    link = OxmlElement("w:hyperlink")
    if address:
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        link.set(qn("w:anchor"), anchor)
    run = OxmlElement("w:r")
    if address:
        colour = word_colour(PINE)
        look = parse_xml(f'<w:rPr {nsdecls("w")}><w:color w:val="{colour}"/><w:u w:val="single"/></w:rPr>')
        if language:
            look.append(language_xml(language))
        run.append(look)
    words = OxmlElement("w:t")
    words.text = text.replace("\n", " ")
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    link.append(run)
    paragraph._p.append(link)


def describe(shape: Any, words: str) -> None:
    """Set the alternative text of a picture."""
    shape._inline.docPr.set("descr", words)


def language_xml(tag: str) -> Any:
    """Return the XML property that sets the language of a text."""
    return parse_xml(f'<w:lang {nsdecls("w")} w:val="{tag}"/>')


def bookmark_xml(name: str, number: int) -> tuple[Any, Any]:
    """Return the start and the end element of a bookmark."""
    start = f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name={quoteattr(name)}/>'
    return parse_xml(start), parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>')


def field_run(paragraph: Any, code: str | None, shown: str | None, *, is_open: bool = False) -> None:
    """Add a field such as the page number.

    With `shown` the field is complete; without it, only its start is written; without `code`, only its end. The value
    of an `is_open` field is computed when the file is opened.
    """
    dirty = ' w:dirty="true"' if is_open else ""
    pieces = []
    if code is not None:
        pieces += [
            f'<w:fldChar w:fldCharType="begin"{dirty}/>',
            f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
        ]
    if shown is not None:
        pieces.append(f"<w:t>{shown}</w:t>")
    if shown is not None or code is None:
        pieces.append('<w:fldChar w:fldCharType="end"/>')
    for piece in pieces:
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{piece}</w:r>"))


def border(properties: Any, side: str, eighths: int, colour: str, *, line: str = "single", space: int = 6) -> None:
    """Draw a border at one side of a paragraph or a style, through its properties; `eighths` is its width in
    1/8 point, `space` its distance from the text in points.
    """
    drawn = f'<w:{side} w:val="{line}" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'
    properties.insert_element_before(parse_xml(f"<w:pBdr {nsdecls('w')}>{drawn}</w:pBdr>"), *_AFTER_BORDER)


def shade_paragraphs(properties: Any, fill: str) -> None:
    """Set the background of paragraphs through the properties of a style."""
    properties.insert_element_before(_ground(fill), *_AFTER_BORDER[1:])


def shade_run(run: Any, fill: str) -> None:
    """Set the background of a run to a colour outside the sixteen highlighter colours."""
    run._r.get_or_add_rPr().insert_element_before(_ground(fill), *_AFTER_SHADE)


def _ground(fill: str) -> Any:
    return parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
