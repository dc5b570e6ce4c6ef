"""Whether the addresses of other sites that texts lead to still answer."""

import ipaddress
import socket
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from wagtail.models import Page

from dfs_pages import conf
from dfs_pages.query.faults import Fault, Reason, live_texts
from dfs_pages.query.outgoing import Kind, Link, links_of
from dfs_pages.query.own_addresses import parts_of, path_here

SECONDS = 10  # for one answer
LONGEST = 120  # for all of them; whatever is left is asked the next night
AT_ONCE = 8
# What sites answer to programs that they don't know: it says nothing about the page.
UNSURE = {401, 403, 406, 429, 451, 503, 999}
NAME = "Mozilla/5.0 (compatible; link check of a DFS Security Knowledge Platform)"


class NotPublic(OSError):
    """An address inside somebody's own network: nothing is asked there."""


class CheckedRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request: Any, *args: Any) -> Any:
        found = super().redirect_request(request, *args)
        if found is not None:
            require_public(found.full_url)
        return found


def external_faults() -> Iterator[Fault]:
    """One site after the other is asked by one thread each, so that none is asked twice at once."""
    where: dict[str, list[tuple[Page, Link]]] = defaultdict(list)
    for page in live_texts():
        for link in dict.fromkeys(links_of(page)):
            if link.kind == Kind.ADDRESS and is_elsewhere(link.target):
                where[link.target].append((page, link))
    by_site: dict[str, list[str]] = defaultdict(list)
    for address in where:
        by_site[parts_of(address).netloc].append(address)
    until = time.monotonic() + LONGEST
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for found in threads.map(lambda addresses: ask_all(addresses, until), by_site.values()):
            for address, (reason, target) in found.items():
                yield from (Fault(page, link, reason, target) for page, link in where[address])


def is_elsewhere(address: str) -> bool:
    return parts_of(address).scheme in ("http", "https") and path_here(address) is None


def ask_all(addresses: list[str], until: float) -> dict[str, tuple[Reason, str]]:
    answers = {address: ask(address) for address in addresses if time.monotonic() < until}
    return {address: answer for address, answer in answers.items() if answer}


def ask(address: str) -> tuple[Reason, str] | None:
    """What is wrong with it. Some sites refuse to say only whether a page is there, so it is then fetched."""
    wrong = answer_to(address, "HEAD")
    return answer_to(address, "GET") if wrong else None


def answer_to(address: str, method: str) -> tuple[Reason, str] | None:
    opener = urllib.request.build_opener(CheckedRedirects)
    try:
        require_public(address)
        request = urllib.request.Request(address, method=method, headers={"User-Agent": NAME})  # noqa: S310
        opener.open(request, timeout=SECONDS).close()
    except urllib.error.HTTPError as error:
        return None if error.code in UNSURE else (Reason.ERROR, f"{address} ({error.code})")
    except (OSError, HTTPException, ValueError):
        return Reason.NO_ANSWER, address
    return None


def require_public(address: str) -> None:
    """Who writes a text must not be able to knock at doors behind this server."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        raise NotPublic(address)
    if conf.asks_local_sites():
        return
    for *_rest, place in socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(place[0]).is_global:
            raise NotPublic(address)
