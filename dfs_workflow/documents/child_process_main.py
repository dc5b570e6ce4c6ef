"""The parent of the processes in which files are made. Run by path; `child_process.py` speaks to it over its input.

What it unpickles comes from the process of the site that started it, over a socket that nobody else has.
"""

import contextlib
import importlib
import json
import os
import pickle
import resource
import signal
import socket
import struct
import sys

CPU_SECONDS = 20
MEMORY = 1024**3
DONE, FAILED = b"\x00", b"\x01"


def main() -> None:
    wall = int(sys.argv[1])
    control = socket.socket(fileno=os.dup(0))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: how one ended is seen at its socket
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        order, ends, _flags, _address = socket.recv_fds(control, 1 << 16, 1)
        if not order:  # the process of the site is gone
            return
        module, first = json.loads(order)
        with contextlib.suppress(Exception):  # what is wrong shows in the child, and is reported there
            prepare(module, first)
        if os.fork() == 0:
            control.close()
            answer(socket.socket(fileno=ends[0]), wall)
        os.close(ends[0])


def prepare(module: str, first: list | None) -> None:
    importlib.import_module(module)
    if first:
        name, function, *arguments = first
        getattr(importlib.import_module(name), function)(*arguments)


def answer(end: socket.socket, wall: int) -> None:
    """Never returns: the child ends here, whatever happens."""
    code = 1
    try:
        limit(wall)
        (size,) = struct.unpack(">Q", exactly(end, 8))
        function, arguments = pickle.loads(exactly(end, size))  # noqa: S301  see above
        try:
            status, body = DONE, function(*arguments)
        except MemoryError:
            os._exit(1)  # counts as stopped by the limit
        except Exception as error:  # noqa: BLE001  told to who called
            status, body = FAILED, f"{type(error).__name__}: {error}"[:1000].encode()
        end.sendall(status + struct.pack(">Q", len(body)) + body)
        code = 0
    finally:
        os._exit(code)


def limit(wall: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, wall)


def exactly(end: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = end.recv(min(size - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


if __name__ == "__main__":
    main()
