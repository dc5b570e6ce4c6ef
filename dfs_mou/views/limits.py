"""How often one address may make documents or save answers."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

from dfs_mou import conf

WINDOW_SECONDS = 60


def is_too_often(request: HttpRequest, what: str, times: int = 1) -> bool:
    """`times`: how many small requests weigh as much as one document."""
    address = request.META.get(conf.client_address_header(), "")
    key = "dfs_mou:" + hashlib.sha256(f"{what}:{address}".encode()).hexdigest()
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return int(cache.incr(key)) > conf.documents_per_minute() * times
    except ValueError:  # the window ended between the two calls
        return False
