"""`kb users`: creates, closes, reopens and erases accounts; manages their roles, links, second factors and sign-ins."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from kb.accounts import actions
from kb.accounts.directory import list_people
from kb.accounts.model import Role, User
from kb.accounts.one_time_links import make_link
from kb.accounts.passwords import SHORTEST
from kb.accounts.queries import get_user
from kb.accounts.role_scope import Reach, reach_of, written
from kb.accounts.second_factor import reset
from kb.cli.context import Installation, fail, pass_house, say
from kb.editing.quality.named_keepers import kept_by
from kb.errors import NotFound, Rejected
from kb.privacy import account_deletion
from kb.publishing.role_scope_choices import unknown_limits

ROLES = click.Choice([role.value for role in Role])


@click.group("users")
def users() -> None:
    """Create, close, reopen and erase accounts; grant roles; make links; reset two-step verification."""


@users.command("create")
@click.option("--email", prompt="Email address", help="Email address for signing in.")
@click.option("--name", prompt="Name", help="Name that others see next to the person's changes.")
@click.option(
    "--role",
    "roles",
    type=ROLES,
    multiple=True,
    default=(Role.ADMINISTRATOR.value,),
    show_default=True,
    help="Role; can be repeated.",
)
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
@pass_house
def create(house: Installation, email: str, name: str, roles: tuple[str, ...], password_stdin: bool) -> None:
    """Create an account, for example `kb users create --email ana@example.org`; prompts for what is missing."""
    password = _password(from_input=password_stdin)
    house.migrate()
    with house.session() as session:
        try:
            user = actions.create_user(
                session,
                email=email,
                name=name,
                password=password,
                roles=[Role(role) for role in roles],
                by=None,
                now=datetime.now(UTC),
            )
        except Rejected as error:
            _fail(error)
            return
    say(f"{user.name} <{user.email}> can sign in as {' and '.join(sorted(user.roles))}.")


def _password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt(f"Password (at least {SHORTEST} characters)", hide_input=True, confirmation_prompt=True))


@users.command("grant")
@click.argument("email")
@click.argument("role", type=ROLES)
@click.option("--country", "countries", multiple=True, help="Limit to this country, for example PT; can be repeated.")
@click.option("--area", "areas", multiple=True, help="Limit to this practice area, by its id; can be repeated.")
@click.option("--language", "languages", multiple=True, help="Limit to this language, for example lt; can be repeated.")
@pass_house
def grant(
    house: Installation,
    email: str,
    role: str,
    countries: tuple[str, ...],
    areas: tuple[str, ...],
    languages: tuple[str, ...],
) -> None:
    """Grant a role; its limits replace earlier ones: `kb users grant ana@example.org curator --country PT`."""
    reach = Reach(tuple(each.upper() for each in countries), areas, tuple(each.lower() for each in languages))
    with _person(house, email) as (session, user):
        if problems := unknown_limits(reach, house.store.vocabularies):
            raise Rejected(problems)
        actions.grant(session, user, Role(role), reach=reach, by=None, now=datetime.now(UTC))
        say(f"{user.name} <{user.email}> is {_roles(user)}.")


@users.command("revoke")
@click.argument("email")
@click.argument("role", type=ROLES)
@pass_house
def revoke(house: Installation, email: str, role: str) -> None:
    """Revoke a role of a person, for example `kb users revoke ana@example.org publisher`."""
    with _person(house, email) as (session, user):
        actions.revoke(session, user, Role(role), by=None, now=datetime.now(UTC))
        say(f"{user.name} <{user.email}> is {_roles(user)}.")


@users.command("list")
@pass_house
def list_all(house: Installation) -> None:
    """List all users: name, address, account status, roles and limits, last sign-in."""
    with house.session() as session:
        for line in list_people(session):
            last = line.last_sign_in.strftime("%Y-%m-%d %H:%M UTC") if line.last_sign_in else "never"
            say(f"{line.user.name} <{line.user.email}>: {line.standing}, {_roles(line.user)}; last sign-in: {last}")


@users.command("link")
@click.argument("email")
@pass_house
def link(house: Installation, email: str) -> None:
    """Print a link to choose a password, for example `kb users link ana@example.org`."""
    with _person(house, email) as (session, user):
        made = make_link(session, user, by=None, now=datetime.now(UTC))
        say(house.link_address(made))
        say(f"It works once, until {made.expires:%Y-%m-%d %H:%M} UTC. Give it only to {user.name}.")


@users.command("deactivate")
@click.argument("email")
@pass_house
def deactivate(house: Installation, email: str) -> None:
    """Close an account and end its sessions at once, for example `kb users deactivate ana@example.org`."""
    with _person(house, email) as (session, user):
        actions.deactivate(session, user, by=None, now=datetime.now(UTC))
        say(f"The account of {user.name} <{user.email}> is closed. What this person wrote keeps their name.")


@users.command("reopen")
@click.argument("email")
@pass_house
def reopen(house: Installation, email: str) -> None:
    """Reopen a closed account, for example `kb users reopen ana@example.org`."""
    with _person(house, email) as (session, user):
        actions.reopen(session, user, by=None, now=datetime.now(UTC))
        say(f"{user.name} <{user.email}> can sign in again and is {_roles(user)}.")


@users.command("reset-second-factor")
@click.argument("email")
@pass_house
def reset_second_factor(house: Installation, email: str) -> None:
    """Turn off the two-step verification of a person who lost it: `kb users reset-second-factor ana@example.org`.

    First verify that this person is asking. Afterwards the password alone is enough to sign in, until the person sets
    up two-step verification again.
    """
    with _person(house, email) as (session, user):
        reset(session, user, by=None, now=datetime.now(UTC))
        say(f"{user.name} <{user.email}> signs in with the password alone, and was signed out everywhere.")


@users.command("sign-out-everybody")
@pass_house
def sign_out_everybody(house: Installation) -> None:
    """End the sessions of all users at once, for example after a theft; passwords and two-step verification stay."""
    with house.session() as session:
        number = actions.sign_everybody_out(session, now=datetime.now(UTC))
    say(f"The sessions of {number} accounts have ended. Unsaved texts can be continued after signing in.")


@users.command("erase")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Erase without asking.")
@pass_house
def erase(house: Installation, email: str, yes: bool) -> None:
    """Erase name and address of a closed account permanently, for example `kb users erase ana@example.org`.

    Published texts stay, by “former curator”. Drafts that were not submitted are deleted. The command lists records
    that name the person as their maintainer. This public text stays.
    """
    with _person(house, email) as (session, user):
        if kept := kept_by(session, user):
            say(
                f"{user.name} is named as maintainer in public texts, which stay: {', '.join(kept)}. Change them first."
            )
        if not yes:
            click.confirm(f"Erase {user.name} <{user.email}> permanently?", abort=True)
        account_deletion.erase(session, user, by=None, now=datetime.now(UTC))
        say("Erased. Backups keep what they have.")


@contextmanager
def _person(house: Installation, email: str) -> Iterator[tuple[Session, User]]:
    """Open a session and find a person; end the command with the reason if an action is refused."""
    with house.session() as session:
        try:
            yield session, get_user(session, email)
        except NotFound:
            fail(f"No account has the address {email}.")
        except Rejected as error:
            _fail(error)


def _roles(user: User) -> str:
    """Return the roles of a person with their limits."""
    shown = sorted(written(Role(grant.role), reach_of(grant)).replace(";", ",") for grant in user.grants)
    return " and ".join(shown) or "without a role"


def _fail(error: Rejected) -> None:
    fail("\n".join(problem.text() for problem in error.problems))
