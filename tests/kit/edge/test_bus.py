from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from logistics.kit.edge.bus import LocalBus, NatsBus
from tests.nats_server import NatsServer

SOON_S = 10.0


@dataclass
class Ear:
    """Remembers what it heard, and waits for the first so many."""

    heard: list[tuple[str, bytes]] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, subject: str, payload: bytes) -> None:
        with self.news:
            self.heard.append((subject, payload))
            self.news.notify_all()

    def wait(self, count: int) -> list[tuple[str, bytes]]:
        with self.news:
            assert self.news.wait_for(lambda: len(self.heard) >= count, SOON_S), f"heard only {self.heard}"
            return list(self.heard)


@pytest.fixture
def bus() -> Iterator[LocalBus]:
    made = LocalBus()
    yield made
    made.close()


def test_a_prefix_hears_itself_and_what_is_under_it(bus: LocalBus) -> None:
    under, everything = Ear(), Ear()
    bus.subscribe("shipment.shp_1", under)
    bus.subscribe("", everything)
    for subject in ("shipment.shp_1", "shipment.shp_1.position", "shipment.shp_10", "shipment", "vehicle.shp_1"):
        bus.publish(subject, b"x")
    everything.wait(5)
    assert [subject for subject, _ in under.heard] == ["shipment.shp_1", "shipment.shp_1.position"]


def test_messages_keep_their_order(bus: LocalBus) -> None:
    ear = Ear()
    bus.subscribe("count", ear)
    for number in range(1000):
        bus.publish("count", str(number).encode())
    assert [int(payload) for _, payload in ear.wait(1000)] == list(range(1000))


def test_a_stuck_listener_does_not_stop_the_one_who_speaks(bus: LocalBus) -> None:
    go_on = threading.Event()

    def stuck(_subject: str, _payload: bytes) -> None:
        assert go_on.wait(SOON_S)

    bus.subscribe("a", stuck)
    ear = Ear()
    bus.subscribe("a", ear)
    for _ in range(50):
        bus.publish("a", b"")  # would hang here
    assert not ear.heard
    go_on.set()
    ear.wait(50)


def test_a_listeners_fault_is_its_own(bus: LocalBus, caplog: pytest.LogCaptureFixture) -> None:
    def broken(subject: str, payload: bytes) -> None:
        raise RuntimeError(subject, payload)

    ear = Ear()
    bus.subscribe("a", broken)
    bus.subscribe("a", ear)
    bus.publish("a", b"1")
    bus.publish("a", b"2")
    ear.wait(2)
    assert "a listener failed on a" in caplog.text


def test_who_has_left_hears_nothing(bus: LocalBus) -> None:
    gone, here = Ear(), Ear()
    leave = bus.subscribe("a", gone)
    bus.subscribe("a", here)
    leave()
    leave()  # twice does no harm
    bus.publish("a", b"")
    here.wait(1)
    assert not gone.heard


@pytest.mark.parametrize("subject", ["", "a..b", ".a", "a b", "a.*", "a.>"])
def test_a_subject_is_plain_words(bus: LocalBus, subject: str) -> None:
    with pytest.raises(AssertionError):
        bus.publish(subject, b"")


@pytest.mark.nats
def test_nats_carries_messages_to_other_processes_and_doubles_none(nats_url: str) -> None:
    ours, theirs = NatsBus(nats_url), NatsBus(nats_url)
    try:
        near, far = Ear(), Ear()
        ours.subscribe("shipment", near)
        theirs.subscribe("shipment", far)
        assert ours.wait_connected(SOON_S)
        assert theirs.wait_connected(SOON_S)
        ours.publish("shipment.shp_1", b"1")
        theirs.publish("other", b"-")
        theirs.publish("shipment.shp_1", b"2")
        # each hears both, once: its own at once, the other's through NATS
        assert sorted(near.wait(2)) == [("shipment.shp_1", b"1"), ("shipment.shp_1", b"2")]
        assert sorted(far.wait(2)) == [("shipment.shp_1", b"1"), ("shipment.shp_1", b"2")]
    finally:
        ours.close()
        theirs.close()


@pytest.mark.nats
def test_without_nats_the_process_goes_on_and_finds_it_again(nats_server: NatsServer) -> None:
    ours, theirs = NatsBus(nats_server.url), NatsBus(nats_server.url)
    try:
        near, far = Ear(), Ear()
        ours.subscribe("a", near)
        theirs.subscribe("a", far)
        assert ours.wait_connected(SOON_S)
        assert theirs.wait_connected(SOON_S)
        nats_server.stop()
        ours.publish("a", b"meanwhile")
        assert near.wait(1) == [("a", b"meanwhile")]
        nats_server.start()
        _until_heard(ours, far, b"again")
        assert far.heard[-1] == ("a", b"again")
    finally:
        ours.close()
        theirs.close()


def test_a_server_that_was_never_there_is_waited_for_without_harm() -> None:
    bus = NatsBus("nats://127.0.0.1:1")
    ear = Ear()
    bus.subscribe("a", ear)
    bus.publish("a", b"here")
    assert ear.wait(1) == [("a", b"here")]
    assert not bus.wait_connected(0)
    bus.close()


def _until_heard(speaker: NatsBus, ear: Ear, word: bytes) -> None:
    for _ in range(100):
        speaker.publish("a", word)
        with ear.news:
            if ear.news.wait_for(lambda: any(payload == word for _, payload in ear.heard), 0.2):
                return
    raise AssertionError("NATS was not found again")
