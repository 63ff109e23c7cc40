"""`kb users`: create people, give them roles, reset a second factor, close and erase accounts."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from kb.accounts import actions
from kb.accounts.model import Role
from kb.accounts.passwords import SHORTEST
from kb.accounts.second_factor import reset
from kb.accounts.store import get_user
from kb.cli.context import House, fail, pass_house, say
from kb.curation import leaving
from kb.errors import NotFound, Rejected

ROLES = click.Choice([role.value for role in Role])


@click.group("users")
def users() -> None:
    """Create people who sign in, give them roles, reset a second factor, close and erase accounts."""


@users.command("create")
@click.option("--email", prompt="E-mail address", help="What the person signs in with.")
@click.option("--name", prompt="Name", help="What others see beside the person's changes.")
@click.option(
    "--role",
    "roles",
    type=ROLES,
    multiple=True,
    default=(Role.CURATOR.value,),
    show_default=True,
    help="May be given more than once.",
)
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of the standard input.")
@pass_house
def create(house: House, email: str, name: str, roles: tuple[str, ...], password_stdin: bool) -> None:
    """Create an account, such as `kb users create --email ana@example.org --name "Ana Costa"`; asks for the rest."""
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
@pass_house
def grant(house: House, email: str, role: str) -> None:
    """Give a person a role, such as `kb users grant ana@example.org administrator`."""
    with house.session() as session:
        try:
            user = get_user(session, email)
            actions.grant(session, user, Role(role), by=None, now=datetime.now(UTC))
        except NotFound:
            _fail_unknown(email)
            return
        except Rejected as error:
            _fail(error)
            return
    say(f"{user.name} <{user.email}> is {' and '.join(sorted(user.roles))}.")


@users.command("deactivate")
@click.argument("email")
@pass_house
def deactivate(house: House, email: str) -> None:
    """Close an account and end its sign-ins at once, such as `kb users deactivate ana@example.org`."""
    with house.session() as session:
        try:
            user = get_user(session, email)
        except NotFound:
            _fail_unknown(email)
            return
        actions.deactivate(session, user, by=None, now=datetime.now(UTC))
    say(f"The account of {user.name} <{user.email}> is closed. What this person wrote keeps their name.")


@users.command("reset-second-factor")
@click.argument("email")
@pass_house
def reset_second_factor(house: House, email: str) -> None:
    """Switch off the second factor of a person who has lost it, such as `kb users reset-second-factor ana@example.org`.

    Be sure that it is this person who asks: from then on the password alone lets in, until a new one is set up.
    """
    with house.session() as session:
        try:
            user = get_user(session, email)
            reset(session, user, by=None, now=datetime.now(UTC))
        except NotFound:
            _fail_unknown(email)
            return
        except Rejected as error:
            _fail(error)
            return
    say(f"{user.name} <{user.email}> signs in with the password alone, and was signed out everywhere.")


@users.command("erase")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_house
def erase(house: House, email: str, yes: bool) -> None:
    """Erase name and address of a closed account for good, such as `kb users erase ana@example.org`.

    What the person published stays, by “former curator”; drafts that were not handed in are deleted.
    """
    with house.session() as session:
        try:
            user = get_user(session, email)
            if not yes:
                click.confirm(f"Erase {user.name} <{user.email}> for good?", abort=True)
            leaving.erase(session, user, by=None, now=datetime.now(UTC))
        except NotFound:
            _fail_unknown(email)
            return
        except Rejected as error:
            _fail(error)
            return
    say("Erased. Backups keep what they have.")


def _fail(error: Rejected) -> None:
    fail("\n".join(problem.text() for problem in error.problems))


def _fail_unknown(email: str) -> None:
    fail(f"There is no account with the address {email}.")
