"""Each action that the audit log can hold has words for readers."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from flask import Flask

from kb.accounts.model import AuditAction
from kb.history.model import ChangeKind, ReviewAction
from kb.publishing.activity_log import ActivityKind, ActivityLine
from kb.web.audit.labels import deed_words
from tests.house import NOW


@pytest.mark.parametrize(
    ("kind", "deeds"),
    [
        (ActivityKind.RECORD, ChangeKind),
        (ActivityKind.REVIEW, ReviewAction),
        (ActivityKind.ACCOUNT, AuditAction),
    ],
)
def test_each_action_has_words(app: Flask, kind: ActivityKind, deeds: Iterable[str]) -> None:
    with app.test_request_context("/en/"):
        for deed in deeds:
            words = deed_words(ActivityLine(NOW, kind, deed, "", None, None, ()))
            assert words != deed, deed
            assert words[0].isupper(), words
