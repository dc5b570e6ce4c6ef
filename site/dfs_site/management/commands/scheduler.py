"""Runs the timed work: one process, no cron needed."""

import logging
import time
from argparse import ArgumentParser
from dataclasses import dataclass

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    command: str
    seconds: int
    arguments: tuple[str, ...] = ()


MINUTE, DAY = 60, 86400
JOBS = (
    Job("publish_scheduled", MINUTE),
    Job("seal_history", MINUTE),
    Job("send_mails", MINUTE),
    Job("send_digests", 15 * MINUTE),
    Job("look_after_people", DAY),
    Job("remind_of_reviews", DAY),
    Job("remind_reviewers", DAY),
    Job("check_links", DAY),
    Job("check_gate", DAY),
    Job("check_editions", DAY),
    Job("remind_of_agreements", DAY),
    Job("delete_expired_agreements", DAY),
    Job("clearsessions", DAY),
    Job("prune_db_task_results", DAY, ("--min-age-days=1", "--failed-min-age-days=14")),
)


class Command(BaseCommand):
    help = "Publishes what is due every minute and cleans up once a day, until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run every job once and stop")

    def handle(self, *, once: bool, **options: object) -> None:
        due = dict.fromkeys(JOBS, 0.0)
        while True:
            for job in JOBS:
                if time.monotonic() >= due[job]:
                    due[job] = time.monotonic() + job.seconds
                    self.run(job)
            if once:
                return
            close_old_connections()
            time.sleep(5)

    def run(self, job: Job) -> None:
        """A job that fails is logged and tried again at its next time; the others go on."""
        try:
            call_command(job.command, *job.arguments, stdout=self.stdout, stderr=self.stderr)
        except (Exception, SystemExit) as error:  # noqa: BLE001
            logger.error("The job %s failed: %s", job.command, error, exc_info=not isinstance(error, SystemExit))
            if isinstance(error, DatabaseError):
                close_old_connections()
