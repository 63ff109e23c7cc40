"""Writes fields to fill in as HTML: as controls of a form, or on pages of the site as they look on paper."""

from __future__ import annotations

from itertools import count

from kb.documents.blocks import ContentControl, ControlType, FormField, Run, Runs
from kb.documents.html_text import drawn_line, escape, runs_html
from kb.documents.page_layout import ROW_LINE_MM, stands_beside
from kb.speech import lower_first

LINE_MM = 8  # the height of a line to write on


class FieldWriter:
    """Converts fields, controls and lines to write on. `prefix` begins their names and ids."""

    def __init__(
        self, language: str, words: dict[str, str], *, prefix: str = "", is_form: bool, is_shown_only: bool
    ) -> None:
        self.language, self.words, self.prefix = language, words, prefix
        self.is_form, self.is_shown_only = is_form, is_shown_only
        self._lines = count(1)

    def field(self, block: FormField, *, is_in_row: bool = False) -> str:
        """Return the HTML of a field: a group with a name if it has options, otherwise one label.

        In a row of a form, it is a cell without number.
        """
        label, hint = self._label(block, is_in_row=is_in_row)
        if self.is_shown_only:
            return f'<div class="field"><p><b>{label}</b>{hint}</p>{self._drawn(block.control)}</div>'
        name, room = escape(self.prefix + block.control.name), self.control(block.control, is_in_row=is_in_row)
        kind = "cell" if is_in_row else "field beside" if stands_beside(block) else "field"
        kind += " listed" if block.is_listed else ""
        if block.control.options:
            asked = f'<p class="asked" id="l-{name}">{label}{hint}</p>'
            return f'<div class="{kind}" role="group" aria-labelledby="l-{name}">{asked}{room}</div>'
        if block.control.type is ControlType.SIGNATURE:
            return f'<div class="{kind}"><p class="asked">{label}{hint}</p>{room}</div>'
        if is_in_row and block.control.type is ControlType.CHECK:
            return f'<div class="{kind} tick">{room}<label class="asked" for="c-{name}">{label}{hint}</label></div>'
        return f'<div class="{kind}"><label class="asked" for="c-{name}">{label}{hint}</label>{room}</div>'

    def _label(self, block: FormField, *, is_in_row: bool) -> tuple[str, str]:
        """Return the label with its number, and the hint."""
        hint = f' <span class="hint">{self._runs(block.hint)}</span>' if block.hint else ""
        if is_in_row:
            return self._runs(block.label), hint
        number = f'<span class="field-number">{escape(block.number)}</span> ' if block.number else ""
        needed = f' <span class="required">({escape(lower_first(self.words["required"]))})</span>'
        return f"{number}{self._runs(block.label)}{needed if block.control.is_required else ''}", hint

    def control(self, control: ContentControl, *, is_in_row: bool = False) -> str:
        """Return the HTML of a control without its label."""
        if self.is_shown_only:
            return self._drawn(control)
        name, label = escape(self.prefix + control.name), escape(control.label)
        most = f' maxlength="{control.limit}"' if control.limit else ""
        spoken = f'aria-label="{label}" title="{label}"'
        # A text area on a screen scrolls; on paper the space is fixed.
        height = (ROW_LINE_MM if is_in_row else LINE_MM) * control.lines
        room = "" if self.is_form and not is_in_row else f' style="block-size:{height}mm"'
        match control.type:
            case ControlType.AREA:
                return f'<textarea id="c-{name}" name="{name}" rows="{control.lines}" {spoken}{most}{room}></textarea>'
            case ControlType.CHECK:
                return f'<input type="checkbox" id="c-{name}" name="{name}" {spoken}>'
            case ControlType.CHOICE | ControlType.CHOICES:
                return self._options(control)
            case ControlType.SIGNATURE:
                return f'<p class="signature">{escape(self.words["signature"])}</p>'
            case _:
                return f'<input type="text" id="c-{name}" name="{name}" {spoken}{most}>'

    def line(self, run: Run, *, is_alone: bool = False) -> str:
        """Return a line to write on, as wide as its paragraph if it stands alone in it."""
        if self.is_shown_only:
            return drawn_line(run)
        label, kind = escape(run.text), "line alone" if is_alone else "line"
        if not self.is_form:
            return f'<span class="{kind}" role="img" aria-label="{label}">\N{NO-BREAK SPACE}</span>'
        name = escape(f"{self.prefix}line-{next(self._lines)}")
        return f'<input type="text" class="{kind}" id="c-{name}" name="{name}" aria-label="{label}" title="{label}">'

    def _drawn(self, control: ContentControl) -> str:
        """Return static HTML of a control: space to write and boxes to tick, as on paper."""
        if control.options:
            options = "".join(f"<li>☐ {escape(option)}</li>" for option in control.options)
            return f'<ul class="options">{options}</ul>'
        if control.type is ControlType.CHECK:
            return "☐"
        return '<p class="room" aria-hidden="true">…</p>'

    def _options(self, control: ContentControl) -> str:
        """Return radio buttons or check boxes; on paper both look the same, in the file a radio button excludes the
        others.
        """
        kind = "radio" if control.type is ControlType.CHOICE else "checkbox"
        group, found = self.prefix + control.name, []
        for place, option in enumerate(control.options, 1):
            name = escape(group if kind == "radio" else f"{group}-{place}")
            target, title = f"c-{escape(group)}-{place}", escape(f"{control.label}: {option}")
            found.append(
                f'<span class="option"><input type="{kind}" id="{target}" name="{name}" value="{place}" '
                f'title="{title}"><label for="{target}">{escape(option)}</label></span>'
            )
        return f'<div class="options">{" ".join(found)}</div>'

    def _runs(self, runs: Runs) -> str:
        return runs_html(runs, self.language, is_paper=not self.is_shown_only, line=self.line)
