"""Labels for the values in tools: kinds of tools, styles of parts, types of fields and blanks, layers, scopes."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.register.model import BlankTopic, BlankType, Layer, Scope
from kb.kinds.tool.model import FieldType, Need, PagePlace, PaperFormat, PartStyle, ToolKind

TOOL_KINDS: Mapping[ToolKind, str] = {
    ToolKind.FORM: N_("form"),
    ToolKind.AGREEMENT: N_("agreement"),
    ToolKind.QUESTIONNAIRE: N_("questionnaire"),
    ToolKind.LEAFLET: N_("leaflet"),
    ToolKind.GUIDE: N_("guide"),
}
PAGE_PLACES: Mapping[PagePlace, str] = {
    PagePlace.DANGER: N_("In danger now? Call."),
    PagePlace.HELP: N_("Help is free"),
    PagePlace.FIRST: N_("First steps"),
    PagePlace.MORE: N_("Further steps"),
    PagePlace.BEFORE: N_("Before: you decide whether to report"),
    PagePlace.DURING: N_("During: the case, step by step"),
    PagePlace.AFTER: N_("After: money"),
    PagePlace.RIGHTS: N_("Your rights"),
    PagePlace.DETAILS: N_("Who sees what you say"),
}
STYLES: Mapping[PartStyle, str] = {
    PartStyle.TEXT: N_("Text"),
    PartStyle.SAY: N_("To be read aloud"),
    PartStyle.USER_NOTE: N_("Note for the police officer or support worker, in small print"),
    PartStyle.ADAPTER_NOTE: N_("Note for the person adapting the tool, never printed"),
    PartStyle.LARGE: N_("For victims, in large print"),
    PartStyle.NUMBER: N_("For victims, a number in very large print"),
    PartStyle.CODE: N_("Beside a QR code of the page with the numbers of the country"),
    PartStyle.STRIPS: N_("On strips to tear off a poster"),
}
PAPER_FORMATS: Mapping[PaperFormat, str] = {
    PaperFormat.A4: N_("A4, text of any length"),
    PaperFormat.FORM: N_("A4, narrow margins, a form to fill in"),
    PaperFormat.WIDE: N_("A4 on its side, with tables to fill in"),
    PaperFormat.BARE: N_("A4 without header and footer"),
    PaperFormat.A5: N_("A5"),
    PaperFormat.LEAFLET: N_("A4 folded into three panels"),
    PaperFormat.CARDS: N_("Eight cards on a sheet of A4"),
    PaperFormat.POSTER: N_("A3 poster"),
    PaperFormat.PICTURES: N_("A4 in large print, with drawings"),
}
FIELD_TYPES: Mapping[FieldType, str] = {
    FieldType.TEXT: N_("One line"),
    FieldType.LONG: N_("Several lines"),
    FieldType.DATE: N_("Date"),
    FieldType.TIME: N_("Time"),
    FieldType.DATE_TIME: N_("Date and time"),
    FieldType.NUMBER: N_("Number"),
    FieldType.PHONE: N_("Phone number"),
    FieldType.EMAIL: N_("Email address"),
    FieldType.ONE: N_("One of the options"),
    FieldType.MANY: N_("One or more of the options"),
    FieldType.YES_NO: N_("Yes, no, not known"),
    FieldType.YES_NO_DECLINE: N_("Yes, no, prefers not to say"),
    FieldType.NEED: N_("No need, some need, high need, urgent"),
    FieldType.GRID: N_("Grid of rows and columns"),
    FieldType.SIGNATURE: N_("Signature, mark or recorded statement"),
    FieldType.CRIME: N_("Groups of crimes"),
    FieldType.SHOW: N_("Printed text, nothing to fill in"),
}
NEEDS: Mapping[Need, str] = {
    Need.REQUIRED: N_("Required"),
    Need.CONDITIONAL: N_("Required if a condition is met"),
    Need.OPTIONAL: N_("Optional"),
}
BLANK_TYPES: Mapping[BlankType, str] = {
    BlankType.TEXT: N_("One line"),
    BlankType.LONG: N_("Several lines"),
    BlankType.ORG: N_("Organisation"),
    BlankType.ROLE: N_("Role, not a name"),
    BlankType.LAW: N_("Law and articles"),
    BlankType.CONTACT: N_("Contact"),
    BlankType.DURATION: N_("Duration"),
    BlankType.DATE: N_("Date"),
    BlankType.NUMBER: N_("Number"),
    BlankType.LANGUAGES: N_("Languages"),
    BlankType.ADDRESS: N_("Address"),
    BlankType.YES_NO: N_("Yes or no"),
}
BLANK_TOPICS: Mapping[BlankTopic, str] = {
    BlankTopic.PARTNERS: N_("Who sends, and who receives"),
    BlankTopic.NUMBERS: N_("Numbers to call"),
    BlankTopic.SERVICES: N_("Services"),
    BlankTopic.TIMES: N_("Time limits"),
    BlankTopic.SENDING: N_("How it is sent"),
    BlankTopic.LAW: N_("Law"),
    BlankTopic.DATA: N_("Data protection"),
    BlankTopic.ASSESSMENT: N_("Assessment"),
    BlankTopic.RIGHTS: N_("Rights, money and complaints"),
    BlankTopic.TEAMWORK: N_("Working together"),
    BlankTopic.DOCUMENT: N_("This document"),
}
LAYERS: Mapping[Layer, str] = {
    Layer.NATIONAL: N_("Once for the country"),
    Layer.LOCAL: N_("Once for the organisation"),
}
SCOPES: Mapping[Scope, str] = {
    Scope.ONCE: N_("Once"),
    Scope.GROUP: N_("Once for each group of crimes"),
}
