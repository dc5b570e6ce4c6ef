"""Where a stakeholder starts: the chosen controls in the words of the reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from dfs_pages.models import ControlPage, ProfilePage
from dfs_pages.query.overlay import Reader


@dataclass(frozen=True)
class Step:
    control: ControlPage
    why: str


def profile_steps(page: ProfilePage, reader: Reader) -> Sequence[Step]:
    """What was withdrawn since, or isn't public, is left out."""
    wanted: dict[str, Any] = {block.value["reference"]: block.value["why"] for block in page.items}
    shown = {p.source.reference: p.shown for p in reader.overlay(ControlPage, Q(reference__in=wanted))}
    return [Step(shown[reference], why) for reference, why in wanted.items() if reference in shown]
