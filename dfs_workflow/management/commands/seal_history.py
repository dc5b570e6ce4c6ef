from typing import Any

from django.core.management.base import BaseCommand

from dfs_workflow import actions


class Command(BaseCommand):
    help = "Takes into the history what Wagtail's logs and the gate recorded since."

    def handle(self, *args: Any, **options: Any) -> None:
        actions.seal_history()
