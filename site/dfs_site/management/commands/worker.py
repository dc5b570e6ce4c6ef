"""The background work: the worker of django-tasks-db, which ends when the database is locked for long."""

import logging
import time
from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from dfs_site.busy import is_locked

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 5


class Command(BaseCommand):
    help = "Does the background work (mails, search index, booklets) until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=2, help="seconds between two looks at an empty queue")

    def handle(self, *, interval: float, **options: object) -> None:
        while True:
            try:
                call_command("db_worker", reload=False, interval=interval, verbosity=0)
            except OperationalError as error:
                if not is_locked(error):
                    raise
                logger.warning("The database is locked by somebody else's long work; the worker waits and goes on.")
                close_old_connections()
                time.sleep(PAUSE_SECONDS)
            else:
                return
