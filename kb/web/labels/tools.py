"""Labels for the values in tools: kinds of tools, styles of parts, types of fields and blanks, layers, scopes."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.register.model import BlankType, Layer, Scope
from kb.kinds.tool.model import FieldType, Need, PartStyle, ToolKind

TOOL_KINDS: Mapping[ToolKind, str] = {
    ToolKind.FORM: N_("form"),
    ToolKind.AGREEMENT: N_("agreement"),
    ToolKind.QUESTIONNAIRE: N_("questionnaire"),
    ToolKind.LEAFLET: N_("leaflet"),
    ToolKind.GUIDE: N_("guide"),
}
STYLES: Mapping[PartStyle, str] = {
    PartStyle.TEXT: N_("text"),
    PartStyle.SAY: N_("to be read aloud"),
    PartStyle.USER_NOTE: N_("note for the police officer or support worker, printed small"),
    PartStyle.ADAPTER_NOTE: N_("note for the person adapting the tool, never printed"),
    PartStyle.LARGE: N_("for victims, printed large"),
}
FIELD_TYPES: Mapping[FieldType, str] = {
    FieldType.TEXT: N_("one line"),
    FieldType.LONG: N_("several lines"),
    FieldType.DATE: N_("date"),
    FieldType.TIME: N_("time"),
    FieldType.DATE_TIME: N_("date and time"),
    FieldType.NUMBER: N_("number"),
    FieldType.PHONE: N_("phone number"),
    FieldType.EMAIL: N_("email address"),
    FieldType.ONE: N_("one of the options"),
    FieldType.MANY: N_("one or more of the options"),
    FieldType.YES_NO: N_("yes, no, not known"),
    FieldType.YES_NO_DECLINE: N_("yes, no, prefers not to say"),
    FieldType.NEED: N_("no need, some need, strong need, urgent"),
    FieldType.GRID: N_("grid of rows and columns"),
    FieldType.SIGNATURE: N_("signature, mark or recorded statement"),
    FieldType.SHOW: N_("printed text, nothing to fill in"),
}
NEEDS: Mapping[Need, str] = {
    Need.REQUIRED: N_("required"),
    Need.CONDITIONAL: N_("required if a condition is met"),
    Need.OPTIONAL: N_("optional"),
}
BLANK_TYPES: Mapping[BlankType, str] = {
    BlankType.TEXT: N_("one line"),
    BlankType.LONG: N_("several lines"),
    BlankType.ORG: N_("organisation"),
    BlankType.ROLE: N_("function, never a name"),
    BlankType.LAW: N_("law and articles"),
    BlankType.CONTACT: N_("contact"),
    BlankType.DURATION: N_("duration"),
    BlankType.DATE: N_("date"),
    BlankType.NUMBER: N_("number"),
    BlankType.LANGUAGES: N_("languages"),
    BlankType.ADDRESS: N_("address"),
    BlankType.YES_NO: N_("yes or no"),
}
LAYERS: Mapping[Layer, str] = {
    Layer.NATIONAL: N_("once for the country"),
    Layer.LOCAL: N_("once for the organisation"),
}
SCOPES: Mapping[Scope, str] = {
    Scope.ONCE: N_("once"),
    Scope.GROUP: N_("once for each group of crimes"),
}
