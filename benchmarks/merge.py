"""A proposal on a page of 40 blocks meets a version in which others changed as much, and at ten times that size.

    python -m benchmarks.merge [--blocks 40]

CPU seconds of the merge alone, of showing each change word by word, and how both grow.
"""

import argparse
import random
import sys
import time
import tracemalloc
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from dfs_workflow.merging import merge  # noqa: E402
from dfs_workflow.redline import compare  # noqa: E402

TEXT = "the operator must check each request against the registry within 24 hours and keep a log of it"
WORDS = TEXT.split()
RUNS = 20


def page(blocks: int) -> list[dict]:
    texts = random.Random(1)
    return [
        {"type": "paragraph", "value": " ".join(texts.choices(WORDS, k=60)), "id": f"b{number}"}
        for number in range(blocks)
    ]


def edited(rows: list[dict], seed: int) -> list[dict]:
    """A quarter of the blocks reworded, some added, taken out and moved."""
    chance, rows = random.Random(seed), [dict(row) for row in rows]
    for row in chance.sample(rows, len(rows) // 4):
        words = row["value"].split()
        words[chance.randrange(len(words))] = f"new{seed}"
        row["value"] = " ".join(words)
    for number in range(len(rows) // 20):
        rows.insert(chance.randrange(len(rows)), {"type": "paragraph", "value": "Added.", "id": f"s{seed}-{number}"})
        del rows[chance.randrange(len(rows))]
        if seed == 1:
            rows.insert(chance.randrange(len(rows)), rows.pop(chance.randrange(len(rows))))
    return rows


def cpu(run, runs: int = RUNS) -> float:
    start = time.process_time()
    for _run in range(runs):
        run()
    return (time.process_time() - start) / runs


def measure(blocks: int) -> tuple[float, float]:
    base = {"body": page(blocks)}
    proposed, now = {"body": edited(base["body"], 1)}, {"body": edited(base["body"], 2)}
    merged = merge(base, proposed, now)
    texts = [change for change in merged.changes if isinstance(change.base, str) and isinstance(change.proposed, str)]
    merging = cpu(lambda: merge(base, proposed, now))
    showing = cpu(lambda: [compare(change.base, change.proposed) for change in texts], 3)
    tracemalloc.start()
    merge(base, proposed, now)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(
        f"{blocks:6} blocks: merge {merging * 1000:8.2f} ms CPU, {len(texts)} texts shown in {showing * 1000:8.2f} ms, "
        f"{len(merged.changes)} changes, {len(merged.conflicts)} conflicts, peak {peak / 1024:.0f} KB"
    )
    return merging, showing


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--blocks", type=int, default=40)
    blocks = parser.parse_args().blocks
    small, large = measure(blocks), measure(blocks * 10)
    for name, one, ten in zip(("merge", "showing"), small, large, strict=True):
        print(f"growth per block at ten times the size, {name}: × {ten / one / 10:.2f}")


if __name__ == "__main__":
    main()
