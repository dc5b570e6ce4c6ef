"""The memory of this process for kept answers, bounded by their bytes as well as by their number."""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

MAXIMUM_BYTES = 64_000_000


class BoundedMemoryCache(LocMemCache):
    """What was asked for longest ago goes first. Django's own methods hold the lock when they call these."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        options = dict(params.get("OPTIONS", {}))
        self.maximum_bytes = int(options.pop("MAX_BYTES", MAXIMUM_BYTES))
        super().__init__(name, {**params, "OPTIONS": options})

    def _set(self, key: str, value: bytes, timeout: Any = DEFAULT_TIMEOUT) -> None:
        self._delete(key)
        if len(value) > self.maximum_bytes:
            return
        super()._set(key, value, timeout)
        kept = sum(map(len, self._cache.values()))
        while kept > self.maximum_bytes:
            oldest, forgotten = self._cache.popitem()
            del self._expire_info[oldest]
            kept -= len(forgotten)
