"""Reads what somebody uploaded in a process of its own, inside the limits in which files are made."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from dfs_workflow.documents.child_process import ChildError, children
from dfs_workflow.documents.file_gate import RefusedFile
from dfs_workflow.documents.file_gate import marked as _

logger = logging.getLogger(__name__)


def read_apart(function: Callable[..., Any], *arguments: Any, first: tuple[Any, ...] = ()) -> Any:
    """What the function gives, as JSON: of a process that has read such a file nothing else is believed.

    `RefusedFile` as the function raises it, and for a file that takes more than the limits.
    """
    try:
        answer = json.loads(children.call(_answer, function, arguments, first=first))
    except ChildError as error:
        logger.warning("An uploaded file was not read: %s", error)
        raise RefusedFile(
            _("The file takes longer to read than any document: save it anew from your word processor.")
        ) from error
    if "refused" in answer:
        raise RefusedFile(str(answer["refused"]), **answer["values"])
    return answer["read"]


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> bytes:
    try:
        answer = {"read": function(*arguments)}
    except RefusedFile as refusal:
        answer = {"refused": refusal.message, "values": refusal.values}
    return json.dumps(answer).encode()
