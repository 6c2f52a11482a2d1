from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from logistics.tracking.feed import (
    HELD_MAX,
    SILENCE_S_MAX,
    ClientSession,
    Kind,
    Message,
    ServerSession,
    is_too_slow,
)


def messages(text: str) -> list[Message]:
    """Read ``"s3 e4 e5 p5 h5"``: snapshot, events, position, heartbeat with their seq; ``e4@b`` is of epoch b."""
    kinds = {"s": Kind.SNAPSHOT, "e": Kind.EVENT, "p": Kind.POSITION, "h": Kind.HEARTBEAT}
    found = []
    for word in text.split():
        name, _, epoch = word.partition("@")
        found.append(Message(kinds[name[0]], epoch or "a", int(name[1:])))
    return found


def written(out: list[Message]) -> str:
    return " ".join(f"{one.kind[0]}{one.seq}" for one in out)


def served(session: ServerSession, text: str) -> str:
    return written([one for message in messages(text) for one in session.receive(message)])


def test_what_comes_before_the_snapshot_waits_and_what_it_holds_is_dropped() -> None:
    session = ServerSession()
    assert served(session, "e3 e4 e5") == ""
    assert served(session, "s4") == "s4 e5"


def test_doubles_are_dropped() -> None:
    assert served(ServerSession(), "s1 e2 e2 e1 e3 e2") == "s1 e2 e3"


def test_a_gap_asks_for_a_snapshot_and_passes_nothing_until_it_comes() -> None:
    session = ServerSession()
    assert served(session, "s1 e3 e4") == "s1"
    assert session.wants_snapshot
    assert served(session, "s3") == "s3 e4"
    assert not session.wants_snapshot


def test_reordered_events_become_a_snapshot_and_no_double() -> None:
    session = ServerSession()
    assert served(session, "s1 e3 e2") == "s1"
    assert served(session, "s3 e3 e2 e4") == "s3 e4"


def test_another_epoch_starts_anew() -> None:
    session = ServerSession()
    assert served(session, "s7 e1@b") == "s7"
    assert session.wants_snapshot
    assert served(session, "s1@b e2@b") == "s1 e2"


def test_positions_and_heartbeats_count_no_seq() -> None:
    assert served(ServerSession(), "p1 h1 s1 p1 p1 h1 e2 p1 p2") == "s1 p1 p1 h1 e2 p2"


def test_who_comes_back_gets_what_was_missed() -> None:
    session = ServerSession()
    session.resume("a", 2)
    assert served(session, "e5") == ""  # said while the log was read
    assert written(session.replayed(messages("e3 e4"))) == "e3 e4 e5"


def test_too_much_held_is_forgotten_and_asked_for() -> None:
    session = ServerSession()
    served(session, " ".join(f"e{n}" for n in range(2, HELD_MAX + 10)))
    assert served(session, "s1").split()[-1] == f"e{HELD_MAX + 1}"
    assert served(session, f"e{HELD_MAX + 10}") == ""
    assert session.wants_snapshot


@given(st.lists(st.integers(1, 12), max_size=40), st.integers(1, 12))
def test_whatever_the_bus_does_a_watcher_sees_each_seq_once_and_in_order(heard: list[int], snapshot_at: int) -> None:
    """Lost, doubled, reordered: a server that answers each wish for a snapshot shows the whole log."""
    session = ServerSession()
    out = session.receive(Message(Kind.SNAPSHOT, "a", snapshot_at))
    for seq in heard:
        out += session.receive(Message(Kind.EVENT, "a", seq))
        if session.wants_snapshot:
            out += session.receive(Message(Kind.SNAPSHOT, "a", max(seq, session.seq or 0)))
    seqs = [one.seq for one in out]
    assert seqs == sorted(set(seqs))
    for before, after in pairwise(out):
        assert after.kind is Kind.SNAPSHOT or after.seq == before.seq + 1
    assert seqs[-1] == max([snapshot_at, *heard])


def body(kind: str, seq: int, epoch: str = "a", **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"type": kind, "epoch": epoch, "seq": seq, **more}
    if kind == "snapshot":
        made.setdefault("timeline", [])
    return made


def line(seq: int) -> dict[str, Any]:
    return {"seq": seq, "key": "event.loaded"}


def test_the_client_builds_the_story() -> None:
    client = ClientSession()
    assert client.resume() == {}
    assert client.receive(body("snapshot", 1, status="pending", timeline=[line(1)]), 0)
    assert client.receive(body("event", 2, status="in_transit", event=line(2)), 1)
    assert not client.receive(body("event", 2, status="in_transit", event=line(2)), 1)
    assert client.receive(body("position", 2, stops_before=3), 2)
    assert client.story == {
        "epoch": "a", "seq": 2, "status": "in_transit", "timeline": [line(1), line(2)], "stops_before": 3,
    }  # fmt: skip
    assert client.resume() == {"since": "2", "epoch": "a"}
    assert client.gaps == 0


def test_the_client_notices_gaps_epochs_and_what_a_heartbeat_tells() -> None:
    for strange in (body("event", 3), body("event", 2, epoch="b"), body("heartbeat", 2), body("position", 2)):
        client = ClientSession()
        client.receive(body("snapshot", 1), 0)
        assert not client.receive(strange, 0)
        assert client.wants_snapshot
        assert client.gaps == 1
        assert client.resume() == {}
        assert client.receive(body("snapshot", 9), 0)
        assert not client.wants_snapshot


def test_an_older_snapshot_overwrites_nothing() -> None:
    client = ClientSession()
    client.receive(body("snapshot", 5), 0)
    assert not client.receive(body("snapshot", 4), 0)
    assert client.story
    assert client.story["seq"] == 5
    assert client.receive(body("snapshot", 1, epoch="b"), 0)


def test_what_a_newer_server_may_say_is_let_pass() -> None:
    assert not ClientSession().receive({"type": "fireworks"}, 0)


def test_silence_is_noticed_after_heartbeat_and_grace() -> None:
    client = ClientSession()
    client.opened(100)
    assert not client.is_silent(100 + SILENCE_S_MAX)
    assert client.is_silent(100.1 + SILENCE_S_MAX)


def test_waiting_grows_and_is_spread() -> None:
    client = ClientSession()
    assert client.lost(0) == 0.25
    assert [client.lost(0.999_999) for _ in range(6)][-1] > 29
    client.receive(body("snapshot", 1), 0)
    assert client.lost(0.999_999) < 1


def test_slow_readers_are_cut_by_size_and_by_age() -> None:
    assert not is_too_slow(1024 * 1024, 10.0)
    assert is_too_slow(1024 * 1024 + 1, 0.0)
    assert is_too_slow(1, 10.1)
    assert not is_too_slow(0, 99.0)
