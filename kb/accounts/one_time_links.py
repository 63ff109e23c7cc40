"""Single-use links for invitations and password resets; only the fingerprint of a token is stored.

A requested reset has no token at first; the sender of the e-mail makes it (`claim_asked`). So a request takes as long
for an unknown address.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.accounts import audit_log
from kb.accounts.known_networks import is_known
from kb.accounts.model import AuditAction, Purpose, Role, Ticket, User
from kb.accounts.passwords import hash_password, password_problems
from kb.accounts.queries import new_key, plain_email
from kb.accounts.rate_limit import RESETS, Limits, begin_attempt, too_many
from kb.accounts.role_grants import give, require_manager
from kb.accounts.role_scope import Reach, reach_problems
from kb.accounts.validation import email_problems, name_problems, plain_name, taken
from kb.db import begin_write, write_transaction
from kb.errors import NotFound, Rejected
from kb.i18n import LANGUAGES, N_
from kb.problems import Problem

LASTS: Mapping[Purpose, timedelta] = {Purpose.INVITATION: timedelta(days=7), Purpose.RESET: timedelta(hours=2)}
# Strangers need three networks to use up a person's limit; the number of e-mails to her is limited in any case.
LIMITS = Limits(per_email=3, from_everywhere=9, window=timedelta(hours=1))
# The prefix of the mark of a ticket without a token; no fingerprint begins so.
_ASKED = "asked "
_LENGTH = 32  # random bytes


@dataclass(frozen=True)
class OneTimeLink:
    """The data of a single-use link; the token is not stored."""

    user: User
    purpose: Purpose
    token: str
    expires: datetime


def invite(
    session: Session,
    *,
    email: str,
    name: str,
    roles: Mapping[Role, Reach],
    language: str,
    by: User | None,
    now: datetime,
) -> OneTimeLink:
    """Create an account without a password, and the link with which its owner chooses one.

    The caller has checked that the limits of the roles exist. Raises `Forbidden`, or `Rejected` with every problem.
    """
    require_manager(by)
    name, email = plain_name(name), plain_email(email)
    problems = [*email_problems(email), *name_problems(name)]
    problems += [problem for role, reach in roles.items() for problem in reach_problems(role, reach)]
    if language not in LANGUAGES:
        problems.append(Problem("unknown-language", N_("Select an entry from the list."), ("language",)))
    if problems:
        raise Rejected(problems)
    user = User(
        email=email,
        name=name,
        password_hash="",
        sign_in_key=new_key(),
        created=now,
        is_active=True,
        language=language,
    )
    begin_write(session)
    try:
        session.add(user)
        session.flush()
    except IntegrityError:
        session.rollback()
        raise Rejected([taken(email)]) from None
    audit_log.note(session, AuditAction.INVITED, user, by=by, now=now)
    for role, reach in roles.items():
        give(session, user, role, by, now, reach)
    link = _issue(session, user, Purpose.INVITATION, now)
    session.commit()
    return link


def make_link(session: Session, user: User, *, by: User | None, now: datetime) -> OneTimeLink:
    """Make a new link for a person: an invitation if there is no password yet, otherwise a password reset.

    Earlier links become invalid. Raises `Forbidden`, or `Rejected` for a closed account.
    """
    require_manager(by)
    if not user.is_active:
        message = N_("The account %(email)s is closed. Reopen it first.")
        raise Rejected([Problem("closed-account", message, ("email",), params={"email": user.email})])
    with write_transaction(session):
        void_links(session, user, now)
        link = _issue(session, user, Purpose.RESET if user.password_hash else Purpose.INVITATION, now)
        audit_log.note(session, AuditAction.LINK_MADE, user, by=by, now=now, detail=link.purpose.value)
    return link


def ask_for_reset(
    session: Session, email: str, address: str, now: datetime, limits: Limits = LIMITS, *, network: str = ""
) -> None:
    """Request a password reset for a user who is not signed in; an e-mail follows if the account exists.

    Nothing reveals whether it exists: every call counts against the limits and commits once, and the token is made
    later. Raises `Rejected` after too many requests, for any address.
    """
    wanted = plain_email(email)
    named = select(User.id).where(User.email == wanted, User.is_active)
    user_id = None if email_problems(wanted) else session.scalar(named)  # the database may refuse an invalid one
    is_from_home = is_known(session, user_id, network, now)
    with write_transaction(session):
        attempt = begin_attempt(session, email, address, now, limits, kind=RESETS, is_known=is_from_home)
        if attempt is not None and user_id is not None:
            session.add(
                Ticket(
                    mark=_ASKED + secrets.token_hex(_LENGTH // 2),
                    purpose=Purpose.RESET.value,
                    user_id=user_id,
                    created=now,
                    expires=now + LASTS[Purpose.RESET],
                )
            )
    if attempt is None:
        raise Rejected([too_many(limits)])


def has_asked(session: Session, now: datetime) -> bool:
    """Return whether a requested reset waits for its e-mail."""
    return session.scalar(_asked(now)) is not None


def claim_asked(session: Session, now: datetime) -> OneTimeLink | None:
    """Make the token of the next requested link. Of several processes only one gets it."""
    with write_transaction(session):
        ticket = session.scalar(_asked(now))
        user = session.get(User, ticket.user_id) if ticket is not None else None
        link = None
        if ticket is not None and user is not None and user.is_active:
            link = OneTimeLink(user, Purpose.RESET, secrets.token_hex(_LENGTH), now + LASTS[Purpose.RESET])
            ticket.mark, ticket.expires = mark_of(link.token), link.expires
            audit_log.note(session, AuditAction.RESET_ASKED, user, by=None, now=now)
        elif ticket is not None:
            ticket.used = now
    return link


def give_back(session: Session, link: OneTimeLink) -> None:
    """Return a link to the queue, because its e-mail could not be sent."""
    with write_transaction(session):
        session.execute(
            update(Ticket)
            .where(Ticket.mark == mark_of(link.token), Ticket.used.is_(None))
            .values(mark=_ASKED + secrets.token_hex(_LENGTH // 2))
        )


def find_owner(session: Session, token: str, now: datetime) -> User | None:
    """Return the owner of a link, or `None` if it is used, expired or unknown."""
    found = _valid(session, token, now)
    return found[1] if found is not None else None


def redeem(session: Session, token: str, *, name: str, password: str, now: datetime) -> User:
    """Set name and password of the link's owner; end the link, all her other links and all her sign-ins.

    The link replaces only the password: a person with a second factor signs in with it afterwards. Raises `NotFound`
    for an invalid link, or `Rejected` with every problem.
    """
    user = find_owner(session, token, now)
    if user is None:
        raise NotFound("link")
    name = plain_name(name)
    if problems := [*name_problems(name), *password_problems(password, email=user.email, name=name)]:
        raise Rejected(problems)
    made = hash_password(password)
    with write_transaction(session):
        found = _valid(session, token, now)  # a concurrent request may have used it meanwhile
        if found is None:
            raise NotFound("link")
        ticket, user = found
        void_links(session, user, now)
        if user.name != name:
            audit_log.note(session, AuditAction.RENAMED, user, by=user, now=now, detail=f"{user.name} → {name}")
        audit_log.note(session, AuditAction.PASSWORD_CHANGED, user, by=user, now=now, detail=ticket.purpose)
        if user.totp_confirmed is None:
            audit_log.note(session, AuditAction.SIGNED_IN, user, by=user, now=now)
        user.name, user.password_hash, user.sign_in_key = name, made, new_key()
    return user


def void_links(session: Session, user: User, now: datetime) -> None:
    """Invalidate all links of this person; the caller commits."""
    session.execute(update(Ticket).where(Ticket.user_id == user.id, Ticket.used.is_(None)).values(used=now))


def mark_of(token: str) -> str:
    """Return the fingerprint of a token, which is stored."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _issue(session: Session, user: User, purpose: Purpose, now: datetime) -> OneTimeLink:
    link = OneTimeLink(user, purpose, secrets.token_hex(_LENGTH), now + LASTS[purpose])
    session.add(
        Ticket(mark=mark_of(link.token), purpose=purpose.value, user_id=user.id, created=now, expires=link.expires)
    )
    return link


def _asked(now: datetime) -> Select[Ticket]:
    return (
        select(Ticket)
        .where(Ticket.mark.startswith(_ASKED), Ticket.used.is_(None), Ticket.expires > now)
        .order_by(Ticket.id)
        .limit(1)
    )


def _valid(session: Session, token: str, now: datetime) -> tuple[Ticket, User] | None:
    row = session.execute(
        select(Ticket, User)
        .join(User, User.id == Ticket.user_id)
        .where(Ticket.mark == mark_of(token), Ticket.used.is_(None), Ticket.expires > now, User.is_active)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None
