"""A bounded HTTP load on 127.0.0.1: a few kept connections, a fixed time."""

import http.client
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat


@dataclass
class Result:
    latencies: list[float] = field(default_factory=list)
    failures: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")


def run(port: int, path: str | Iterator[str], *, connections: int = 4, seconds: float = 5.0) -> Result:
    """The same path again and again, or each time the next one."""
    paths = repeat(path) if isinstance(path, str) else path
    result, lock = Result(), threading.Lock()
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=client, args=(port, paths, end, result, lock)) for _ in range(connections)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = time.monotonic() - started
    return result


def client(port: int, paths: Iterator[str], end: float, result: Result, lock: threading.Lock) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < end:
        with lock:
            path = next(paths)
        started = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
        took = time.perf_counter() - started
        with lock:
            if response.status == 200:
                result.latencies.append(took)
            else:
                result.failures += 1
    connection.close()
