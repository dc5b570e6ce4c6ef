import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.utils import timezone

from dfs_workflow import actions

# As sysexits.h names them: mail servers bounce, or try again, by these.
NO_USER, TRY_LATER = 67, 75
LARGEST = 25 * 1024 * 1024


class Command(BaseCommand):
    help = "Takes one mail from the mail server: an answer to a comment, or one that came back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="the message; standard input without it")
        parser.add_argument("--recipient", default="", help="the address it was sent to, as the mail server knows it")

    def handle(self, *args: Any, file: str, recipient: str, **options: Any) -> None:
        data = sys.stdin.buffer.read(LARGEST) if file == "-" else Path(file).read_bytes()[:LARGEST]
        try:
            self.stdout.write(actions.receive_mail(data=data, at=timezone.now(), recipient=recipient))
        except actions.NobodyHere as refusal:
            self.stderr.write(str(refusal))
            sys.exit(NO_USER)
        except OperationalError:
            self.stderr.write("The database is busy; try again later.")
            sys.exit(TRY_LATER)
