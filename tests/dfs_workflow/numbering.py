"""Several people submit at the same moment, each in a thread with a connection of its own.

`python tests/dfs_workflow/numbering.py` does so on the database of `DATABASE_URL`, which has to be migrated.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

THREADS, EACH = 6, 5
NEW_YEAR = datetime(2031, 1, 1, tzinfo=UTC)


def numbers_given() -> list[str]:
    """Every number of a year that had none yet."""
    from django.contrib.auth import get_user_model

    users = [get_user_model().objects.create_user(f"threaded-{n}", is_superuser=True) for n in range(THREADS)]
    barrier = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        return [number for numbers in pool.map(lambda user: submitted(user, barrier), users) for number in numbers]


def submitted(user: Any, barrier: Barrier) -> list[str]:
    from django.db import connection

    from dfs_workflow import actions
    from dfs_workflow.models import Proposal, ProposalItem

    try:
        found = []
        for _n in range(EACH):
            draft = Proposal.objects.create(title="T", proposed_by=user)
            ProposalItem.objects.create(proposal=draft, kind="edit", page_title="T", language="en")
            barrier.wait(30)
            found.append(actions.submit_proposal(by=user, proposal=draft, title="T", reason="R", at=NEW_YEAR).number)
        return found
    finally:
        connection.close()


def expected() -> list[str]:
    return [f"CP-2031-{n:03d}" for n in range(1, THREADS * EACH + 1)]


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(root), str(root / "site")]
    import django

    django.setup()
    given = numbers_given()
    assert sorted(given) == expected(), given
