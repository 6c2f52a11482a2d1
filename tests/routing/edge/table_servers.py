"""Servers on this machine that answer in the shapes of OSRM and Valhalla, truly or, when told to, badly.

The shapes were recorded from osrm-routed 26.10 and valhalla_service 3.9. Ways are straight: 10 m/s over the ground.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from logistics.kit.geo import Point, great_circle_m

SPEED_M_PER_S = 10.0
WAIT_S_MAX = 20.0
NO_ROAD_LAT = 40.0  # north of it there is no road at all

Answer = tuple[int, Any]


@dataclass(frozen=True)
class Fault:
    """How to answer badly: with this status and body, after an event, or by cutting the connection."""

    status: int = 200
    body: str = "{}"
    after: threading.Event | None = None
    cut: bool = False


@dataclass
class Server:
    """What the server is asked, and how it answers; faults come first, one for each request."""

    speak: Callable[[Server, str, dict[str, str], Any], Answer]
    url: str = ""
    version: str = "2026-10"
    side_max: int = 100
    island_lat: float = 30.5  # north of it lies an island
    off_m: dict[Point, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def tables(self) -> int:
        """Count the blocks of tables that were asked for."""
        return sum("table" in path or "sources_to_targets" in path for path in self.asked)


@contextmanager
def serving(speak: Callable[[Server, str, dict[str, str], Any], Answer]) -> Iterator[Server]:
    """Open such a server."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    http.daemon_threads = True
    server = Server(speak, url=f"http://127.0.0.1:{http.server_address[1]}")
    http.__dict__["server"] = server
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


def speak_osrm(server: Server, path: str, params: dict[str, str], _body: Any) -> Answer:
    """Answer as osrm-routed does."""
    _, service, _, _, places = path.split("/", 4)
    points = [Point(lat=float(lat), lon=float(lon)) for lon, lat in (place.split(",") for place in places.split(";"))]
    lost = [number for number, point in enumerate(points) if point.lat > NO_ROAD_LAT]
    if lost:
        saying = f"Could not find a matching segment for coordinate {lost[0]}"
        return 400, {"code": "NoSegment", "message": saying}
    version = {"data_version": server.version} if server.version else {}
    waypoints = [
        {"distance": float(server.off_m.get(point, 0)), "location": [point.lon, point.lat]} for point in points
    ]
    if service == "nearest":
        return 200, {"code": "Ok", "waypoints": waypoints, **version}
    if service == "route":
        line = {"type": "LineString", "coordinates": [[point.lon, point.lat] for point in points for _ in range(2)]}
        return 200, {"code": "Ok", "routes": [{"geometry": line}], **version}
    rows, columns = ([int(number) for number in params[name].split(";")] for name in ("sources", "destinations"))
    if len(rows) * len(columns) > server.side_max**2:
        return 400, {"code": "TooBig", "message": "Too many table coordinates"}
    metres = [[_metres(server, points[row], points[column]) for column in columns] for row in rows]
    return 200, {
        "code": "Ok",
        "durations": [[None if m is None else round(m / SPEED_M_PER_S, 1) for m in row] for row in metres],
        "distances": metres,
        "sources": [waypoints[row] for row in rows],
        "destinations": [waypoints[column] for column in columns],
        **version,
    }


def speak_valhalla(server: Server, path: str, _params: dict[str, str], body: Any) -> Answer:
    """Answer as valhalla_service does."""
    action = path.rsplit("/", 1)[1]
    if action == "status":
        return 200, {"version": "3.9.1", "tileset_last_modified": 1_795_336_322}
    if action == "locate":
        return 200, [_located(server, place) for place in body["locations"]]
    if action == "route":
        return 200, {"trip": {"legs": [{"shape": "_v`fx@{hf{cFv^hC"}]}}  # 30, 119.999998 and 0.000508 south of it
    sources, targets = ([_point(place) for place in body[name]] for name in ("sources", "targets"))
    if len(sources) * len(targets) > server.side_max**2:
        return 400, {"error_code": 150, "error": "Exceeded max locations: 2500.000000"}
    if len({point.lat > server.island_lat for point in (*sources, *targets)}) > 1:
        return 400, {"error_code": 170, "error": "Locations are in unconnected regions."}
    metres = [[_metres(server, a, b) or 0.0 for b in targets] for a in sources]
    tables = {
        "durations": [[round(m / SPEED_M_PER_S) for m in row] for row in metres],
        "distances": [[round(m / 1000, 3) for m in row] for row in metres],
    }
    return 200, {"sources_to_targets": tables, "units": "kilometers", "algorithm": "costmatrix"}


def _located(server: Server, place: dict[str, float]) -> dict[str, Any]:
    point = _point(place)
    if point.lat > NO_ROAD_LAT:
        return {"edges": [], "nodes": []}
    south = server.off_m.get(point, 0) / 111_195  # metres of a degree
    edge = {"way_id": 1, "correlated_lat": point.lat - south, "correlated_lon": point.lon}
    return {"input_lat": point.lat, "input_lon": point.lon, "edges": [edge], "nodes": []}


def _point(place: dict[str, float]) -> Point:
    return Point(lat=place["lat"], lon=place["lon"])


def _metres(server: Server, a: Point, b: Point) -> float | None:
    return round(great_circle_m(a, b), 1) if (a.lat > server.island_lat) == (b.lat > server.island_lat) else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["content-length"]))))

    def _answer(self, body: Any) -> None:
        server: Server = self.server.__dict__["server"]
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        server.asked.append(path)
        if server.faults:
            fault = server.faults.pop(0)
            if fault.after:
                fault.after.wait(WAIT_S_MAX)
            if fault.cut:
                reset = struct.pack("ii", 1, 0)  # closing resets the connection instead of ending it
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                self.close_connection = True
                self.connection.close()
                return
            self._send(fault.status, fault.body)
            return
        params = {name: values[0] for name, values in parse_qs(parts.query, separator="&").items()}
        status, values = server.speak(server, path, params, body)
        self._send(status, json.dumps(values))

    def _send(self, status: int, text: str) -> None:
        body = text.encode()
        try:
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # whoever asked has stopped waiting

    def log_message(self, *_args: Any) -> None:
        pass
