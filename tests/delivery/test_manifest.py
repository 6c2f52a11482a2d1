from __future__ import annotations

from logistics.delivery.manifest import Aboard, check_scan, missing

KNOWN = {
    "A-1": Aboard.EXPECTED,
    "A-2": Aboard.EXPECTED,
    "B-1": Aboard.LOADED,
    "C-1": Aboard.CANCELLED,
    "D-1": Aboard.ELSEWHERE,
    "X-1": Aboard.FOREIGN,
}


def test_each_label_is_loaded_known_or_found_wrong() -> None:
    checked = check_scan(KNOWN, ["A-1", "A-1", "B-1", "C-1", "D-1", "X-1", "nonsense"])
    assert checked.load == ("A-1",)
    assert checked.loaded == ("B-1",)
    assert [(one.where, one.code) for one in checked.findings] == [
        ("C-1", "cancelled"),
        ("D-1", "held_elsewhere"),
        ("X-1", "other_run"),
        ("nonsense", "unknown_label"),
    ]


def test_what_is_on_the_manifest_and_not_on_board_is_missing() -> None:
    assert missing(KNOWN) == ["A-1", "A-2", "D-1"]
