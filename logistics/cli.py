"""The command line: serve, work, migrate, make the first account, print what documents need."""

from __future__ import annotations

import json
import logging
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from alembic import command
from alembic.config import Config

from logistics.access.edge.handlers import NewAccount, create_account
from logistics.access.model import Role
from logistics.app import build_context, close_context, create_app, working
from logistics.kit.edge.memory import settle
from logistics.kit.errors import Failure, Invalid, Refusal
from logistics.routing.edge.command import plan
from logistics.settings import from_environment

app = typer.Typer(no_args_is_help=True, add_completion=False, help="A merchant's orders become kept promises.")
app.command()(plan)
STOP_S = 5  # what open streams get to end at a stop, in seconds


@app.command()
def serve(*, work: Annotated[bool, typer.Option(help="also do the background work in this process")] = True) -> None:
    """Serve the API, the pages and the live feed; settings come from LOGISTICS_* variables."""
    settings = from_environment()
    _want_port(settings.host, settings.port, "LOGISTICS_PORT")
    if work:
        _want_port(settings.host, settings.feed_port, "LOGISTICS_FEED_PORT")
    _migrate(settings.database_url, "head")
    served = create_app(settings, work=work)
    settle()
    uvicorn.run(
        served,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=STOP_S,
    )


@app.command()
def worker() -> None:
    """Do the background work only: later listeners, clock work, solving, sending."""
    done = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: done.set())
    with working(from_environment()):
        settle()
        done.wait()


@app.command()
def migrate(revision: Annotated[str, typer.Argument(help="head, base or a revision")] = "head") -> None:
    """Bring the database's tables to a revision, up or down."""
    _migrate(from_environment().database_url, revision)


@app.command("create-operator")
def create_operator(
    login: str,
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    name: str = "Operator",
) -> None:
    """Make an account that may do everything: the first one, or one to get back in with."""
    settings = from_environment()
    _migrate(settings.database_url, "head")
    ctx = build_context(settings)
    try:
        with ctx.db.transaction() as tx:
            create_account(NewAccount(login, password, name, Role.OPERATOR), tx=tx)
    finally:
        close_context(ctx)
    typer.echo(f"{login} may log in as operator.")


@app.command()
def openapi() -> None:
    """Print the API's description as JSON."""
    settings = from_environment({})
    built = create_app(settings, work=False)
    typer.echo(json.dumps(built.openapi(), indent=1, ensure_ascii=False, sort_keys=True))
    close_context(built.state.context)


def _want_port(host: str, port: int, variable: str) -> None:
    """Refuse a port where we cannot listen, before anything has begun that would have to end again."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise Invalid(
            "LOGISTICS_HOST", f"{host!r} is no address of this machine: {error.strerror}", "127.0.0.1"
        ) from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do: lines that end are no matter
        try:
            probe.bind(address)
        except OSError as error:
            raise Invalid(variable, f"port {port} of {host} cannot be had: {error.strerror}", "a free port") from error


def _migrate(database_url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    config.attributes["database_url"] = database_url
    if database_url.startswith("sqlite:///"):
        Path(database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    if revision == "base" or revision.startswith("-"):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def main() -> None:
    """Run the command line; a refusal is a sentence and exit code 2, a failure of the world exit code 3."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        app()
    except Refusal as refusal:
        typer.echo(refusal.detail, err=True)
        for error in refusal.errors:
            typer.echo(f"  {error.field}: {error.message}; expected {error.expected}", err=True)
        sys.exit(2)
    except Failure as failure:
        typer.echo(failure.detail, err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
