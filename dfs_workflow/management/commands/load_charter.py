from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dfs_workflow import actions
from dfs_workflow.models import Charter

SHIPPED = Path(__file__).resolve().parents[2] / "content" / "charter"


class Command(BaseCommand):
    help = "Publishes the shipped charter where there is none yet; later versions are written by stewards."

    def handle(self, *args: Any, **options: Any) -> None:
        if Charter.objects.exists():
            self.stdout.write("There is a charter already.")
            return
        texts = {path.stem: path.read_text("utf-8").strip() for path in sorted(SHIPPED.glob("*.txt"))}
        charter = actions.publish_charter(by=None, texts=texts, at=timezone.now())
        self.stdout.write(f"Charter {charter.number} is in force, in {len(texts)} languages.")
