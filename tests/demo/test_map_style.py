from __future__ import annotations

import json
from pathlib import Path

import pytest

from demo import map_style, tiles


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_style_knows_no_origin_but_ours_and_only_layers_that_are_cut(scheme: str) -> None:
    style = map_style.style(scheme, centre=(120.15, 30.27))
    assert "glyphs" not in style
    assert "sprite" not in style
    assert "http" not in json.dumps(style)
    assert {layer["source-layer"] for layer in style["layers"] if "source-layer" in layer} == set(tiles.LAYERS)


def test_both_schemes_differ_in_colour_alone(tmp_path: Path) -> None:
    map_style.write_styles(tmp_path, centre=(120.15, 30.27))
    light, dark = (json.loads((tmp_path / f"style-{name}.json").read_text()) for name in ("light", "dark"))
    assert [layer["id"] for layer in light["layers"]] == [layer["id"] for layer in dark["layers"]]
    assert light["layers"][0]["paint"] != dark["layers"][0]["paint"]
