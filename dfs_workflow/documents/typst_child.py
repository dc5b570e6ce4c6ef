"""Compiles Typst source from standard input to PDF on standard output, inside limits.

Run by path in a process of its own (`typst.py` does), so that a document can exhaust neither the memory nor the
time of a server, and what the compiler keeps in memory goes away with the process.
"""

import resource
import sys

import typst

MEMORY = 3 * 1024**3


def main() -> int:
    fonts, timestamp, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    try:
        pdf = typst.compile(
            sys.stdin.buffer.read(),
            format="pdf",
            font_paths=[fonts],
            ignore_system_fonts=True,
            pdf_standards=["a-3a", "ua-1"],
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        sys.stderr.write(" ".join(str(error).split())[:1000])
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
