from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

from dfs_workflow.models.refusal import explain


class PeopleRefused(PermissionDenied):
    """Something about memberships that can't be done as things are; its sentence says what to do instead."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        explain(sentence)
