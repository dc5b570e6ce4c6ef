"""What a renderer may do to the process it runs in."""

import os
import pathlib
import signal


def greeting(name):
    return f"Hello {name}".encode()


def own_process():
    return f"{os.getpid()} {os.environ.get('SECRET_KEY', '')} {os.getcwd()}".encode()


def fail(words):
    raise ValueError(words)


def die_once(path):
    file = pathlib.Path(path)
    if file.stat().st_mode & 0o100:
        return b"alive"
    file.chmod(0o700)
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def die():
    os.kill(os.getpid(), signal.SIGSEGV)


def take_memory():
    return bytes(2 * 1024**3)


def write_file(path):
    with open(path, "wb") as file:
        file.write(b"x" * 100_000)
    return b"written"


def never_end():
    signal.setitimer(signal.ITIMER_REAL, 0.2)  # as the limit would, only sooner
    while True:
        pass
