"""A Dask cluster as an executor for searches: more machines, the same jobs.

The only file that imports Dask, and only when a cluster is asked for: it is an extra (`pip install logistics[dask]`).
"""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any

from logistics.kit.errors import Failure

CONNECT_S = 5.0  # a scheduler that has not answered by then is taken to be away

_clients: dict[str, Any] = {}


def connect(address: str) -> Executor:
    """Return an executor on the cluster whose scheduler is there (``tcp://host:8786``); Failure if it is not.

    The connection stays for the next plan. Workers need this package, of the same version.
    """
    try:
        import distributed  # noqa: PLC0415 - an extra that most do not install
    except ImportError:
        raise Failure("Dask is not installed on this machine; install the extra `dask`.", retry=False) from None
    client = _clients.get(address)
    if client is None or client.status != "running":
        try:
            connecting: Any = distributed.Client  # it is untyped
            client = connecting(address, timeout=CONNECT_S)
        except (OSError, TimeoutError, ValueError) as fault:
            raise Failure(f"The Dask scheduler at {address} does not answer ({fault}).", retry=True) from None
        _clients[address] = client
    executor: Executor = client.get_executor(pure=False)
    return executor


def disconnect() -> None:
    """Leave all clusters; what they still work for us is forgotten."""
    while _clients:
        _clients.popitem()[1].close()
