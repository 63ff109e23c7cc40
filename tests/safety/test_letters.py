"""Every email that the application sends links only to the configured site, regardless of request headers."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kb.accounts.model import Purpose, Role, User
from kb.accounts.one_time_links import OneTimeLink, invite, make_link
from kb.app import create_app
from kb.config import Settings
from kb.content_store.store import ContentStore
from kb.extensions import db
from kb.i18n import LANGUAGES
from kb.web.accounts.emails import address_of, send_asked
from tests.house import NOW, ROOT
from tests.postbox import Postbox, a_postbox
from tests.web.people import EMAIL, PASSWORD, add_person

pytestmark = pytest.mark.slow

CONFIGURED, EVIL = "https://praxis.example:8443", "evil.invalid"
CHIEF = "chief@example.org"
# What a request may say of the site it wants to reach, or of where it comes from.
LIES: dict[str, dict[str, str]] = {
    "host": {"Host": f"{EVIL}:8443"},
    "forwarded host": {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "http", "X-Forwarded-Port": "81"},
    "others": {
        "Forwarded": f"host={EVIL};proto=http",
        "X-Forwarded-Prefix": f"//{EVIL}",
        "X-Script-Name": f"//{EVIL}",
        "X-Forwarded-Server": EVIL,
        "X-Host": EVIL,
        "X-HTTP-Host-Override": EVIL,
        "X-Original-URL": f"http://{EVIL}/",
        "X-Rewrite-URL": f"http://{EVIL}/",
        "Origin": f"https://{EVIL}",
        "Referer": f"https://{EVIL}/en/forgotten",
    },
}
LIES["all of them"] = {name: value for lie in LIES.values() for name, value in lie.items()}

# What sends letters

# Who may hand a letter to the mail server, who writes letters, and who has them sent. A module that is not here has to
# be added, and what it sends to `LETTERS`.
SENDERS = {
    "smtplib": {"kb/mail.py"},
    "kb.mail.Post": {"kb/web/accounts/emails.py"},
    "kb.mail.Email": {"kb/accounts/emails.py"},
    "kb.accounts.emails.letter": {"kb/web/accounts/emails.py"},
    "kb.web.accounts.emails.deliver": {"kb/web/accounts/people.py"},
    "kb.web.accounts.emails.Delivery": {"kb/web/accounts/people.py"},
    "kb.web.accounts.emails.address_of": {"kb/web/accounts/people_page.py", "kb/__main__.py"},
    "kb.web.accounts.emails": {"kb/app.py"},  # for its outbox
}
_PARTS = ("smtplib", "email.mime", "kb.mail", "kb.accounts.emails", "kb.web.accounts.emails")


def imports(path: Path) -> Iterator[str]:
    """Yield what a module takes from elsewhere, by whole names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def test_whatever_sends_letters_is_known() -> None:
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "kb").rglob("*.py")):
        for name in imports(path):
            if name.startswith(_PARTS):
                found.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    assert found == SENDERS


def test_nothing_in_the_house_asks_a_request_for_its_host() -> None:
    asked = re.compile(
        r"request\.(host|host_url|url|url_root|base_url|root_url|server|environ|headers\.get\(.(Host|Forwarded|X-Forw))\b"
        r"|(?<!\w)_external\s*=\s*True|HTTP_HOST|SERVER_NAME"
    )
    for path in sorted((ROOT / "kb").rglob("*")):
        if path.suffix in (".py", ".html", ".xml", ".txt"):
            assert not asked.search(path.read_text(encoding="utf-8")), path


# The letters


@pytest.fixture(params=[0, 1], ids=["no-proxy", "behind-a-proxy"])
def site(request: pytest.FixtureRequest, settings: Settings, store: ContentStore) -> Iterator[tuple[Flask, Postbox]]:
    """A site that is reached under a configured address and has a mail server; a proxy in front is believed."""
    with a_postbox() as box:
        chosen = settings.model_copy(
            update={"url": CONFIGURED, "proxies": request.param, "mail_from": "house@praxis.example"}
        )
        app = create_app(chosen, follow=False, store=store, now=lambda: NOW)
        app.config["SMTP"] = box.address
        yield app, box
        with app.app_context():
            db.engine.dispose()


class Liar:
    """Somebody whose requests lie about the site that they are meant for."""

    def __init__(self, app: Flask, lie: Mapping[str, str]) -> None:
        self.app, self.client = app, app.test_client(use_cookies=False)
        self.headers = {"Sec-Fetch-Site": "same-origin", **lie}
        self.token = ""

    def sign_in(self) -> None:
        """Sign in as an administrator, honestly; from then on the cookie comes along whatever the host."""
        add_person(self.app, CHIEF, Role.ADMINISTRATOR)
        honest, data = self.app.test_client(), {"email": CHIEF, "password": PASSWORD}
        headers = {"Sec-Fetch-Site": "same-origin"}
        assert honest.post("/en/sign-in", data=data, headers=headers, base_url=CONFIGURED).status_code == 303
        html = honest.get("/en/account", base_url=CONFIGURED).get_data(as_text=True)
        self.token = html.partition('name="csrf_token" value="')[2].partition('"')[0]
        name = self.app.config["SESSION_COOKIE_NAME"]
        cookie = honest.get_cookie(name, domain="praxis.example")
        assert cookie is not None
        self.headers["Cookie"] = f"{name}={cookie.value}"

    def post(self, address: str, data: dict[str, str | list[str]], status: int = 303) -> TestResponse:
        """Send a form, with the token of the person if there is one."""
        sent = {**data, **({"csrf_token": self.token} if self.token else {})}
        response = self.client.post(address, data=sent, headers=self.headers, base_url=CONFIGURED)
        assert response.status_code == status, (address, response.status_code)
        return response


def _invite(liar: Liar, language: str) -> None:
    """An administrator invites somebody."""
    liar.sign_in()
    liar.post("/en/people/invite", {"email": EMAIL, "name": "Ana", "role": ["curator"], "language": language})


def _invite_again(liar: Liar, language: str) -> None:
    """An administrator sends the invitation once more."""
    with liar.app.app_context():
        person = invite(db.session, email=EMAIL, name="Ana", roles={}, language=language, by=None, now=NOW).user.id
    liar.sign_in()
    liar.post(f"/en/people/{person}", {"do": "link"})


def _send_reset(liar: Liar, language: str) -> None:
    """An administrator sends a link for a new password."""
    person = _somebody(liar.app, language)
    liar.sign_in()
    liar.post(f"/en/people/{person}", {"do": "link"})


def _ask_for_reset(liar: Liar, language: str) -> None:
    """Somebody forgot the password; the letter is sent later, outside any request."""
    _somebody(liar.app, language)
    liar.post("/en/forgotten", {"email": EMAIL})
    with liar.app.app_context():
        assert send_asked(NOW)


def _ask_while_sent(liar: Liar, language: str) -> None:
    """The letter is sent while a request that lies is being answered."""
    _somebody(liar.app, language)
    liar.post("/en/forgotten", {"email": EMAIL})
    with liar.app.test_request_context("/lt/forgotten", headers=liar.headers, base_url=f"http://{EVIL}"):
        assert send_asked(NOW)


# Every way in which a letter is sent, and what it is for.
LETTERS: Mapping[Callable[[Liar, str], None], Purpose] = {
    _invite: Purpose.INVITATION,
    _invite_again: Purpose.INVITATION,
    _send_reset: Purpose.RESET,
    _ask_for_reset: Purpose.RESET,
    _ask_while_sent: Purpose.RESET,
}


def test_there_is_a_way_to_each_sort_of_letter() -> None:
    assert set(LETTERS.values()) == set(Purpose)


@pytest.mark.parametrize("way", LETTERS, ids=lambda way: way.__name__.strip("_"))
@pytest.mark.parametrize(
    "lie", [pytest.param(lie, marks=() if lie == "all of them" else pytest.mark.long) for lie in LIES]
)
def test_every_address_in_every_letter_is_the_configured_one(
    site: tuple[Flask, Postbox], lie: str, way: Callable[[Liar, str], None]
) -> None:
    app, box = site
    way(Liar(app, LIES[lie]), "en")
    (letter,) = box.letters
    _leads_home(letter.as_string(), letter.get_content(), "en")


@pytest.mark.parametrize("lie", LIES)
def test_so_it_is_with_each_lie_alone(site: tuple[Flask, Postbox], lie: str) -> None:
    app, box = site
    _ask_for_reset(Liar(app, LIES[lie]), "en")
    (letter,) = box.letters
    _leads_home(letter.as_string(), letter.get_content(), "en")


@pytest.mark.parametrize(
    ("language", "purpose"),
    [
        pytest.param(language, purpose, marks=() if (number + place) % 2 else pytest.mark.long)
        for number, language in enumerate(LANGUAGES)
        for place, purpose in enumerate(Purpose)
    ],
)
def test_so_it_is_in_every_language(site: tuple[Flask, Postbox], language: str, purpose: Purpose) -> None:
    app, box = site
    way = next(way for way, of in LETTERS.items() if of is purpose)
    way(Liar(app, LIES["all of them"]), language)
    (letter,) = box.letters
    _leads_home(letter.as_string(), letter.get_content(), language)


def test_links_that_are_handed_over_without_mail_lead_home_too(site: tuple[Flask, Postbox]) -> None:
    app, _box = site
    with app.app_context():
        user = invite(db.session, email=EMAIL, name="Ana", roles={}, language="lt", by=None, now=NOW).user
        made: OneTimeLink = make_link(db.session, user, by=None, now=NOW)
        assert address_of(made) == f"{CONFIGURED}/lt/welcome?token={made.token}"  # as `kb users link` writes it
    app.config["SMTP"] = ""
    liar = Liar(app, LIES["all of them"])
    liar.sign_in()
    html = liar.post(f"/en/people/{user.id}", {"do": "link"}, 200).get_data(as_text=True)
    assert f"{CONFIGURED}/lt/welcome?token=" in html
    assert EVIL not in html


def _somebody(app: Flask, language: str) -> int:
    person = add_person(app)
    with app.app_context():
        db.session.get_one(User, person).language = language
        db.session.commit()
    return person


def _leads_home(whole: str, text: str, language: str) -> None:
    assert EVIL not in whole
    assert "localhost" not in whole
    addresses = re.findall(r"[a-z][a-z0-9+.-]*://\S+", text)
    assert len(addresses) == 2  # the site, and the link
    for address in addresses:
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}" == CONFIGURED
        assert parts.path.startswith(f"/{language}/")
    assert not re.findall(r"\bwww\.|//(?!praxis\.example:8443/)", text)
