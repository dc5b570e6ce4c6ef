"""Made files for a short while, in the memory of this process and nowhere else."""

from __future__ import annotations

import threading
import time


class BriefMemory:
    """Forgets by itself, also when nobody asks any more; the oldest go first when it is full."""

    def __init__(self, *, seconds: float, largest: int) -> None:
        self.seconds = seconds
        self.largest = largest
        self._lock = threading.Lock()
        self._rows: dict[str, tuple[float, bytes]] = {}
        self._timer: threading.Timer | None = None

    def get(self, key: str) -> bytes | None:
        with self._lock:
            until, data = self._rows.get(key, (0.0, b""))
            return data if until > time.monotonic() else None

    def keep(self, key: str, data: bytes) -> None:
        with self._lock:
            self._rows.pop(key, None)
            self._rows[key] = (time.monotonic() + self.seconds, data)
            while sum(len(row) for _until, row in self._rows.values()) > self.largest:
                self._rows.pop(next(iter(self._rows)))
            self._wait()

    def clear(self) -> None:
        with self._lock:
            self._rows.clear()

    def _wait(self) -> None:
        if self._timer is None and self._rows:
            until = next(iter(self._rows.values()))[0]
            self._timer = threading.Timer(max(until - time.monotonic(), 0.01), self._forget)
            self._timer.daemon = True
            self._timer.start()

    def _forget(self) -> None:
        with self._lock:
            now = time.monotonic()
            self._rows = {key: row for key, row in self._rows.items() if row[0] > now}
            self._timer = None
            self._wait()
