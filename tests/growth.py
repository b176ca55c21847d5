"""How long a piece of work takes, for tests of how time grows with length."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(run: Callable[[], object], *, times: int = 3) -> float:
    """CPU seconds of ``run``, the least of several; no collection of other tests' garbage."""
    best = float("inf")
    gc.disable()
    try:
        for _ in range(times):
            started = time.process_time()
            run()
            best = min(best, time.process_time() - started)
    finally:
        gc.enable()
    return best
