"""The Flask extensions as objects; they know no feature, and `app.py` binds them to an application."""

from __future__ import annotations

from flask import Response
from flask_babel import Babel  # type: ignore[import-untyped]
from flask_login import LoginManager
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf.csrf import CSRFProtect


class SignIn(LoginManager):  # type: ignore[misc]
    """flask_login without its "remember me" cookie, which would access the session at every response."""

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


db = SQLAlchemy(session_options={"expire_on_commit": False})
babel = Babel()
sign_in = SignIn()
csrf = CSRFProtect()
