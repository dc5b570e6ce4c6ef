"""Runs a pure function in a process of its own, inside limits of processor, memory and time.

One small parent of such processes stands beside each process of the site. It imports the functions once and forks for
each call, so that a call costs a fork and not an interpreter with its imports.
"""

from __future__ import annotations

import json
import os
import pickle
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dfs_workflow.documents.not_made import NotMade

CHILD = Path(__file__).with_name("child_process_main.py")
WALL_SECONDS = 30
AT_ONCE = 4  # calls of one process of the site; the others wait
DONE, FAILED = b"\x00", b"\x01"


class ChildError(NotMade):
    """The function failed in its process, or its process died twice."""


class _Died(Exception):
    pass


class Children:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._parent: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._started_by = 0

    def call(self, function: Callable[..., bytes], *arguments: Any, first: tuple[Any, ...] = ()) -> bytes:
        """`first`: a function and its arguments, called before the fork, so that what it keeps serves later calls."""
        work = pickle.dumps((function, arguments))
        order = json.dumps(
            [function.__module__, [first[0].__module__, first[0].__name__, *first[1:]] if first else None]
        )
        with self._free:
            try:
                return self._once(order.encode(), work)
            except _Died:  # perhaps memory was short for a moment
                try:
                    return self._once(order.encode(), work)
                except _Died as error:
                    raise ChildError("The process that made the file was stopped twice.") from error

    def _once(self, order: bytes, work: bytes) -> bytes:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._send(order, theirs)
            ours.settimeout(WALL_SECONDS + 5)
            try:
                ours.sendall(struct.pack(">Q", len(work)) + work)
                head = _exactly(ours, 9)
                body = _exactly(ours, struct.unpack(">Q", head[1:])[0])
            except OSError as error:
                raise _Died from error
        if head[:1] == FAILED:
            raise ChildError(body.decode(errors="replace"))
        return body

    def _send(self, order: bytes, end: socket.socket) -> None:
        with self._lock:
            if self._control is None or self._started_by != os.getpid() or self._parent.poll() is not None:  # type: ignore[union-attr]
                self._start()
            try:
                socket.send_fds(self._control, [order], [end.fileno()])  # type: ignore[list-item]
            except OSError as error:
                self._control = None
                raise _Died from error

    def _start(self) -> None:
        """Also after a fork of the site's own process, whose children must not share one parent."""
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        with theirs:
            command = [sys.executable, "-P", str(CHILD), str(WALL_SECONDS)]
            self._parent = subprocess.Popen(command, stdin=theirs, env=environment, cwd="/")  # noqa: S603  fixed
        self._started_by = os.getpid()


def _exactly(end: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = end.recv(min(size, 1 << 20))
        if not part:
            raise _Died
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


children = Children()
