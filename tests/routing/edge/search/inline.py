"""An executor that does everything at once, in this process."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any


class Inline(Executor):
    """Counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it now."""
        self.asked.append(args)
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future
