"""Routes of the audit log: show it with filters, download it as CSV."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.web.audit.page import (
    AuditQuery,
    audit_page,
    audit_rows,
)
from kb.web.http.auth import permission_required
from kb.web.parts.csv_file import csv_response

bp = Blueprint("audit", __name__, url_prefix="/<language:language>/audit")


@bp.get("")
@permission_required(Permission.SEE_AUDIT)
def index() -> ResponseReturnValue:
    """Show the audit log, the newest entries first."""
    return audit_page(AuditQuery.from_args(request.args), request.args.get("page", 1, type=int))


@bp.get("/praxis-audit.csv")
@permission_required(Permission.SEE_AUDIT)
def download() -> ResponseReturnValue:
    """Download all entries that the filters match as CSV."""
    return csv_response("praxis-audit.csv", audit_rows(AuditQuery.from_args(request.args).wanted))
