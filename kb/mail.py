"""E-mail: the message type, and sending over SMTP; independent of the content.

Without a mail server nothing is sent, and the return value says so.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, make_msgid
from typing import cast
from urllib.parse import SplitResult, unquote, urlsplit

from kb.errors import Unavailable

# A user may be waiting for the response; a server that needs longer to greet counts as unavailable.
TIMEOUT = 10.0
_SECURE_PORT, _PORT = 465, 25
# With any of these characters a header would name several recipients, or another one.
_ONE_ADDRESS = re.compile(r"""[^@\s\x00-\x1f\x7f,;:<>()\[\]\\"]+@[^@\s\x00-\x1f\x7f,;:<>()\[\]\\"]+""")


class _UnfoldedHeader(UnstructuredHeader):
    """A header in one line: the library would encode a long address, and mail programs then do not find it."""

    def fold(self, *, policy: EmailPolicy) -> str:
        """Return the whole header."""
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]  # of the class it is joined with


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", cast("type[BaseHeader]", _UnfoldedHeader))
_POLICY = SMTP.clone(header_factory=_HEADERS)


@dataclass(frozen=True)
class Email:
    """An e-mail to one person: plain text, the same as HTML if there is any, and further headers."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Post:
    """The mail server, by its URL (`smtp://name:password@host:587`, `smtps://…`), and the sender's address.

    `smtp` begins unencrypted and uses STARTTLS if the server offers it. Name and password are never sent unencrypted,
    except to this machine itself.
    """

    server: str
    sender: str

    @property
    def is_open(self) -> bool:
        """Whether a mail server is configured."""
        return bool(self.server)

    def send(self, letter: Email, at: datetime) -> bool:
        """Send an e-mail; return whether there is a server. Raises `Unavailable` if the server does not accept it."""
        if not self.server:
            return False
        try:
            message, recipient = _message(letter, self.sender, at)
            with _connect(urlsplit(self.server)) as smtp:
                smtp.send_message(message, _ascii_host(self.sender), [recipient])
        except (OSError, smtplib.SMTPException, HeaderParseError, ValueError) as error:
            # Without the exception's message: it contains the address, or what the server said about it.
            reason = f"the mail server did not take a letter: {type(error).__name__}"
            raise Unavailable(reason) from error
        return True


def _connect(server: SplitResult) -> smtplib.SMTP:
    host, context = server.hostname or "localhost", ssl.create_default_context()
    if server.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or _SECURE_PORT, timeout=TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(host, server.port or _PORT, timeout=TIMEOUT)
    try:
        smtp.ehlo()
        is_secure = server.scheme == "smtps"
        if not is_secure and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
            smtp.ehlo()
            is_secure = True
        if server.username:
            if not is_secure and host not in ("localhost", "127.0.0.1", "::1"):
                reason = "the server offers no encryption, so it gets no password"
                raise smtplib.SMTPNotSupportedError(reason)
            smtp.login(unquote(server.username), unquote(server.password or ""))
    except BaseException:
        smtp.close()
        raise
    return smtp


def _message(letter: Email, sender: str, at: datetime) -> tuple[EmailMessage, str]:
    """Return the message and its only recipient, independent of the message's content."""
    to = _ascii_host(letter.to)
    message = EmailMessage(policy=_POLICY.clone(utf8=not to.isascii()))
    message["From"] = _address(_ascii_host(sender))
    message["To"] = _address(to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain=_ascii_host(sender).rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # prevents automatic replies (RFC 3834)
    for name, value in letter.headers:
        message[name] = value
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message, to


def _address(address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(username=user, domain=domain)


def _ascii_host(address: str) -> str:
    """Return an address with its host encoded for the domain name system (IDNA), as servers need not support Unicode.

    Raises `ValueError` for a text that is not one address.
    """
    if not _ONE_ADDRESS.fullmatch(address):
        reason = "not one address"
        raise ValueError(reason)
    user, _at, host = address.partition("@")
    return f"{user}@{host.encode('idna').decode('ascii')}"
