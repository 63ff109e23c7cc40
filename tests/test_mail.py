"""Sends emails to a real mail server on this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import Unavailable
from kb.mail import Email, Post
from tests.house import NOW
from tests.postbox import Postbox, a_certificate, a_postbox

SENDER = "praxis@example.org"
LETTER = Email("ana@example.org", "Eine Einladung für Ana – ačiū", "Guten Tag,\n\nžodžiai.\n.\n")


@pytest.fixture
def box() -> Iterator[Postbox]:
    with a_postbox() as box:
        yield box


def test_without_a_server_nothing_is_sent_and_that_is_said() -> None:
    assert not Post("", SENDER).is_open
    assert Post("", SENDER).send(LETTER, NOW) is False


def test_a_letter_arrives_with_its_words(box: Postbox) -> None:
    assert Post(box.address, SENDER).send(LETTER, NOW) is True
    (letter,) = box.letters
    assert letter["Subject"] == LETTER.subject
    assert letter["From"] == SENDER
    assert letter["To"] == "ana@example.org"
    assert letter["Date"].datetime == NOW
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().replace("\r\n", "\n") == LETTER.text
    assert box.envelopes == [(SENDER, ["ana@example.org"])]


def test_a_letter_may_have_the_same_words_as_html(box: Postbox) -> None:
    letter = Email(LETTER.to, LETTER.subject, LETTER.text, "<!DOCTYPE html><p>Guten Tag, ačiū</p>")
    Post(box.address, SENDER).send(letter, NOW)
    (sent,) = box.letters
    assert sent.get_content_type() == "multipart/alternative"
    text, html = sent.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == LETTER.text
    assert (html.get_content_type(), html.get_content().strip()) == ("text/html", letter.html)


def test_headers_of_a_letter_stay_whole(box: Postbox) -> None:
    off = f"<https://praxis.example/lt/follow/off/{'0123456789abcdef' * 4}>"
    for to in ("ana@example.org", "žydrė@example.org"):
        sent = Email(to, "Hello", "Hello.\n", "<p>Hello.</p>", (("List-Unsubscribe", off), ("X-Other", "o" * 200)))
        assert Post(box.address, SENDER).send(sent, NOW)
        letter = box.letters.pop()
        assert dict(letter.raw_items())["List-Unsubscribe"] == off
        assert [each.get_content_type() for each in letter.iter_parts()] == ["text/plain", "text/html"]
    headers = (("List-Unsubscribe", "<https://praxis.example>\nBcc: eve@example.org"),)
    with pytest.raises(Unavailable):
        Post(box.address, SENDER).send(Email("ana@example.org", "Hello", "Hello.", headers=headers), NOW)


def test_addresses_may_have_letters_of_any_alphabet(box: Postbox) -> None:
    Post(box.address, SENDER).send(Email("žydrė@paštas.example", "Labas", "Labas."), NOW)
    assert box.envelopes == [(SENDER, ["žydrė@xn--patas-wdb.example"])]
    assert box.letters[0]["To"] == "žydrė@xn--patas-wdb.example"


@pytest.mark.parametrize("to", ["ana@example.org, eve@example.org", "ana@example.org\nBcc: eve@example.org", "ana", ""])
def test_no_address_reaches_anybody_else(box: Postbox, to: str) -> None:
    with pytest.raises(Unavailable):
        Post(box.address, SENDER).send(Email(to, "Hello", "Hello."), NOW)
    assert not box.letters


def test_a_subject_cannot_add_a_header(box: Postbox) -> None:
    with pytest.raises(Unavailable):
        Post(box.address, SENDER).send(Email("ana@example.org", "Hello\nBcc: eve@example.org", "Hello."), NOW)
    assert not box.letters


def test_a_server_that_is_not_there_is_unavailable_and_the_words_name_nobody() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Unavailable) as caught:
        Post(f"smtp://127.0.0.1:{port}", SENDER).send(LETTER, NOW)
    assert str(caught.value) == "the mail server did not take a letter: ConnectionRefusedError"


def test_a_letter_that_is_refused_is_unavailable(box: Postbox) -> None:
    box.refuses = True
    with pytest.raises(Unavailable):
        Post(box.address, SENDER).send(LETTER, NOW)


def test_what_the_server_offers_is_encrypted_and_the_password_is_sent_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, certificate = a_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with a_postbox(tls_context=context, require_starttls=True) as box:
        assert Post(f"smtp://ana:p%40ss%20word@localhost:{box.port}", SENDER).send(LETTER, NOW)
    assert box.passwords == [b"p@ss word"]


def test_a_certificate_that_nobody_vouches_for_gets_no_letter(tmp_path: Path) -> None:
    context, _certificate = a_certificate(tmp_path)
    with a_postbox(tls_context=context, require_starttls=True) as box, pytest.raises(Unavailable):
        Post(box.address, SENDER).send(LETTER, NOW)
    assert not box.letters


def test_tls_may_begin_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, certificate = a_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with a_postbox(ssl_context=context) as box:
        assert Post(f"smtps://localhost:{box.port}", SENDER).send(LETTER, NOW)
    assert len(box.letters) == 1
