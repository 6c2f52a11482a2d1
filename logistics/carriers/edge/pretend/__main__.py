"""Run a pretend carrier: ``python -m logistics.carriers.edge.pretend --port 8100 --callback URL --salt S``."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path

import uvicorn

from logistics.carriers.adapters.kuaidi100 import wire
from logistics.carriers.edge.pretend.desk import Deliver, Desk, Manner
from logistics.carriers.edge.pretend.server import create_app
from logistics.kit.edge.egress import Egress
from logistics.kit.edge.http_client import HttpClient, Request

TICK_S = 0.25


def arguments() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(prog="python -m logistics.carriers.edge.pretend", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--callback", default="", help="where pushes go; without it none are made")
    parser.add_argument("--salt", default="", help="signs pushes, and is the bearer token of its own API")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", type=float, default=0.0, help="how fast its clock goes by itself; 0: it is moved")
    parser.add_argument("--pace", type=float, default=1.0, help="how long a carriage takes; 1: till the next day")
    parser.add_argument("--hostile", type=float, default=0.0, help="0: honest, 1: pushes doubled, late, contradictory")
    parser.add_argument("--state", type=Path, help="the file it keeps its memory in; none: it forgets at the end")
    return parser


def deliver_to(callback: str) -> Deliver:
    """Return what posts a push to a callback and tells whether it was taken."""
    client = HttpClient(Egress(loopback=True))

    def deliver(form: bytes) -> bool:
        sign, param = wire.read_form(form)
        answer = client.send(Request("POST", callback, form={"sign": sign, "param": param}, repeatable=True))
        return b'"result":true' in answer.body.replace(b" ", b"")

    return deliver


def main() -> None:
    """Serve until it is stopped."""
    given = arguments().parse_args()
    manner = Manner(seed=given.seed, hostility=given.hostile, pace=given.pace, speed=given.speed, salt=given.salt)
    desk = Desk(given.state, manner, deliver_to(given.callback) if given.callback else None)
    stopped = threading.Event()

    def tick() -> None:
        while not stopped.wait(TICK_S):
            desk.work()

    if given.speed:
        threading.Thread(target=tick, name="carrier-clock", daemon=True).start()
    uvicorn.run(create_app(desk), host=given.host, port=given.port, log_level="warning")
    stopped.set()


if __name__ == "__main__":
    main()
