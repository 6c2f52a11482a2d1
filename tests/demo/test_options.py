from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from demo.options import parse


def test_people_get_the_usual_port_and_tests_a_free_one() -> None:
    assert parse([]).port == 8000
    assert parse(["--headless"]).port == 0
    assert parse(["--headless", "--port", "9000"]).port == 9000


def test_what_is_asked_for_is_understood() -> None:
    options = parse(["--city", "porto", "--seed", "7", "--kill-at", "11:30", "--json", "out.json"])
    assert (options.city, options.seed, options.kill_at, options.json_file) == (
        "porto",
        7,
        time(11, 30),
        Path("out.json"),
    )


@pytest.mark.parametrize("words", [["--city", "porto", "--map", "x.pbf"], ["--city", "porto", "--orders", "x.json"]])
def test_two_cities_at_once_are_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit):
        parse(words)
