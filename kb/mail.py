"""Mail: what a letter is, and how it is handed to the mail server; nothing here knows what is written.

Without a server nothing is sent, and whoever wanted to send is told so.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, make_msgid
from urllib.parse import SplitResult, unquote, urlsplit

from kb.errors import Unavailable

# Somebody may be waiting for the answer; a server that needs longer to say hello is not there.
TIMEOUT = 10.0
_SECURE_PORT, _PORT = 465, 25
# With any of these a header would name several people, or somebody else.
_ONE_ADDRESS = re.compile(r"""[^@\s\x00-\x1f\x7f,;:<>()\[\]\\"]+@[^@\s\x00-\x1f\x7f,;:<>()\[\]\\"]+""")


@dataclass(frozen=True)
class Email:
    """A message of plain text for one person."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class Post:
    """The way to the mail server: its address (`smtp://name:password@host:587`, `smtps://…`), and who is the sender.

    `smtp` begins plain and is encrypted where the server offers it; a name and a password are never sent plain, unless
    to this machine itself.
    """

    server: str
    sender: str

    @property
    def is_open(self) -> bool:
        """Whether there is a server at all."""
        return bool(self.server)

    def send(self, letter: Email, at: datetime) -> bool:
        """Hand a letter to the server, and say whether there is one. Raises `Unavailable` if it is not taken."""
        if not self.server:
            return False
        try:
            message, recipient = _message(letter, self.sender, at)
            with _connect(urlsplit(self.server)) as smtp:
                smtp.send_message(message, _ascii_host(self.sender), [recipient])
        except (OSError, smtplib.SMTPException, HeaderParseError, ValueError) as error:
            # Without the words of the exception: they hold the address, or what the server said about it.
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
    """Return the message and the one address that it goes to, whatever else is written in it."""
    to = _ascii_host(letter.to)
    message = EmailMessage(policy=SMTP if to.isascii() else SMTPUTF8)
    message["From"] = _address(_ascii_host(sender))
    message["To"] = _address(to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain=_ascii_host(sender).rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # nobody's holiday answers it (RFC 3834)
    message.set_content(letter.text)
    return message, to


def _address(address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(username=user, domain=domain)


def _ascii_host(address: str) -> str:
    """Return an address whose host is written as the domain name system has it: servers need not know letters.

    Raises `ValueError` for what is not one address.
    """
    if not _ONE_ADDRESS.fullmatch(address):
        reason = "not one address"
        raise ValueError(reason)
    user, _at, host = address.partition("@")
    return f"{user}@{host.encode('idna').decode('ascii')}"
