"""Another editor, in a process of their own: saves a row every fifth of a second and notes the longest wait.

Ends when its input does, and prints the seconds.
"""

import select
import sys
import time

import django


def main() -> None:
    from dfs_workflow.models import ContentVersion

    longest = 0.0
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0.2)[0]:
        longest = max(longest, save(ContentVersion))
    print(max(longest, save(ContentVersion)))


def save(model: type) -> float:
    """Waits on SQLite for who writes anything, on PostgreSQL for who writes this row; both as an editor's save does."""
    started = time.perf_counter()
    model.bump()  # type: ignore[attr-defined]
    return time.perf_counter() - started


if __name__ == "__main__":
    django.setup()
    main()
