"""The demo's settings plus a bare view; `BENCHMARK_CACHE=no` leaves the cache of anonymous answers out."""

import os

from dfs_site.settings.dev import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
if os.environ.get("BENCHMARK_CACHE") == "no":
    MIDDLEWARE = [name for name in MIDDLEWARE if name != "dfs_site.cache.AnonymousCacheMiddleware"]  # noqa: F405
