"""The outbox: each email is sent once, a refused one later, and none to people who left or turned it off."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.errors import Unavailable
from kb.mail import Email
from kb.notifications.model import Notification, NotificationKind
from kb.notifications.outbox import KEPT, forget_notifications, has_due, send_due
from kb.notifications.preferences import choose_kinds
from kb.privacy.account_deletion import erase
from tests.house import NOW, TestHouse
from tests.notifications.conftest import empty_index, house, session, store

__all__ = ["empty_index", "house", "session", "store"]


class Server:
    """Sends nothing, and keeps what it was given; `is_down` refuses everything."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.asked = 0
        self.is_down = False

    def __call__(self, letter: Email) -> None:
        self.asked += 1
        if self.is_down:
            raise Unavailable("down")
        self.sent.append(letter.text)


def add(session: Session, user: User, *, count: int = 1, at: datetime = NOW) -> None:
    for _number in range(count):
        session.add(Notification(person_id=user.id, kind=NotificationKind.RETURNED, at=at, mail_due=at))
    session.commit()


def compose(notification: Notification, user: User) -> Email:
    return Email(user.email, "Hello", str(notification.id))


def test_an_email_is_sent_once(session: Session, author: User) -> None:
    server = Server()
    add(session, author)
    assert has_due(session, NOW)
    assert send_due(session, NOW, compose, server)
    assert not has_due(session, NOW + timedelta(days=1))
    assert send_due(session, NOW, compose, server)
    assert server.sent == ["1"]


def test_two_workers_send_each_email_once(house: TestHouse, session: Session, author: User) -> None:
    add(session, author, count=12)
    session.close()
    server, together = Server(), Barrier(2)

    def work() -> None:
        with house.session() as own:
            together.wait()
            send_due(own, NOW, compose, server)

    workers = [Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(map(int, server.sent)) == list(range(1, 13))


def test_a_refused_email_is_tried_after_growing_pauses_for_a_day_and_then_given_up(
    session: Session, author: User, caplog: pytest.LogCaptureFixture
) -> None:
    server, pauses, now = Server(), list[timedelta](), NOW
    server.is_down = True
    add(session, author)
    while True:
        assert not send_due(session, now, compose, server)
        due = session.scalar(select(Notification.mail_due).execution_options(populate_existing=True))
        if due is None:
            break
        pauses.append(due - now)
        now = due
    assert sum(pauses, timedelta()) == timedelta(days=1)
    assert pauses[:-1] == sorted(pauses[:-1])
    assert server.asked == len(pauses) + 1 < 10
    assert "given up" in caplog.messages[-1]
    assert author.email not in caplog.text


def test_a_dead_server_is_not_asked_for_every_email(session: Session, author: User) -> None:
    server = Server()
    server.is_down = True
    add(session, author, count=10)
    assert not send_due(session, NOW, compose, server)
    assert server.asked == 3
    server.is_down = False
    assert send_due(session, NOW + timedelta(minutes=6), compose, server)
    assert len(server.sent) == 10


def test_an_email_that_cannot_be_written_blocks_no_other(session: Session, author: User) -> None:
    def fail_first(notification: Notification, user: User) -> Email:
        if notification.id == 1:
            raise KeyError(user.email)
        return compose(notification, user)

    server = Server()
    add(session, author, count=2)
    send_due(session, NOW, fail_first, server)
    assert server.sent == ["2"]


@pytest.mark.parametrize("gone", ["closed", "erased", "invited", "muted", "old"])
def test_who_left_or_turned_it_off_gets_nothing(session: Session, author: User, gone: str) -> None:
    server, now = Server(), NOW
    add(session, author)
    match gone:
        case "closed":
            author.is_active = False
        case "erased":
            author.is_active = False
            session.commit()
            erase(session, author, by=None, now=NOW)
            assert session.scalars(select(Notification)).all() == []
        case "invited":
            author.password_hash = ""
        case "muted":
            choose_kinds(session, author, {"commented", "digest", "no such kind"})
        case _:
            now = NOW + timedelta(days=3)  # a mail server was configured only then
    session.commit()
    assert send_due(session, now, compose, server)
    assert server.sent == []
    assert not has_due(session, now)


def test_notifications_are_deleted_after_three_months(session: Session, author: User) -> None:
    add(session, author, count=2)
    session.execute(update(Notification).where(Notification.id == 1).values(at=NOW - KEPT))
    session.commit()
    forget_notifications(session, NOW + timedelta(seconds=1))
    assert session.scalars(select(Notification.id)).all() == [2]
