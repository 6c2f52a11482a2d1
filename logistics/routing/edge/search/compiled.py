"""Turns functions into machine code, and keeps that code on disk so that nobody waits for it twice.

Numba keeps compiled code per file and does not notice when a function called from another file has changed. The
folder is therefore named by the content of all kernels, of Numba and of Python, and by whether limits are watched:
whatever changes, an old folder is not looked into. Where nothing can be written the code is compiled once in every
process, and that is said.
"""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Callable
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

from logistics.routing.edge.search.counting import Compiler

KERNELS = (
    "compiled",
    "columns",
    "counting",
    "ruin_chance",
    "ruin_state",
    "ruin_replay",
    "ruin_timing",
    "ruin_removal",
    "ruin_recreate",
    "ruin_loop",
)
PROBE = "probe"  # is touched whenever kernels are looked for
KEPT_S = 30 * 24 * 3600
FOLDERS = (Path(__file__).parent / "__pycache__", Path.home() / ".cache" / "logistics")

_config: Any = numba.config
Function = TypeVar("Function", bound=Callable[..., Any])


@cache
def cache_folder() -> Path | None:
    """Return where compiled kernels are kept; none if no folder can be written."""
    digest = blake2b(f"{numba.__version__} {sys.version} {_config.BOUNDSCHECK}".encode(), digest_size=8)
    for name in KERNELS:
        digest.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    for folder in FOLDERS:
        kept = folder / f"kernels-{digest.hexdigest()}"
        if _is_writable(kept):
            _forget_old(kept)
            return kept
    logging.getLogger(__name__).warning("no folder of %s can be written: kernels are compiled anew", FOLDERS)
    return None


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / PROBE).touch()
    except OSError:
        return False
    return True


def _forget_old(kept: Path) -> None:
    """Remove kernels of earlier versions that nobody has looked for in a month: each weighs up to two megabytes."""
    now_s = (kept / PROBE).stat().st_mtime
    for other in kept.parent.glob("kernels-*"):
        last = other / PROBE if (other / PROBE).exists() else other
        try:
            if other.is_dir() and now_s - last.stat().st_mtime > KEPT_S:
                shutil.rmtree(other)
        except OSError:  # somebody else was faster, or may write what we may not
            continue


# What the stubs do not list: without its reference counts (nothing is allocated here, all arrays are handed in) the
# search is five times as fast, because every view of a row would be counted in and out.
_njit: Any = partial(numba.njit, _nrt=False, error_model="numpy", pipeline_class=Compiler)


# For what Python never calls (it would crash): making it callable from there takes as long as compiling it.
_inner: Any = partial(_njit, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def part(function: Function) -> Function:
    """Compile a function that only compiled functions call; it becomes part of them.

    A call would hand over some hundred words, for each array is eight or so; that would take longer than the work.
    """
    return cast("Function", _inner(forceinline=True)(function))


def block(function: Function) -> Function:
    """Compile a function that compiled functions call from several places, so much work that a call does not count."""
    return cast("Function", _inner()(function))


def entry(function: Function) -> Function:
    """Compile a function that is called from Python, with all it calls, and keep the result on disk."""
    folder = cache_folder()
    if folder is None:
        return cast("Function", _njit(nogil=True)(function))
    before = _config.CACHE_DIR
    _config.CACHE_DIR = str(folder)  # read while the function is decorated, and only then
    try:
        return cast("Function", _njit(cache=True, nogil=True)(function))
    finally:
        _config.CACHE_DIR = before
