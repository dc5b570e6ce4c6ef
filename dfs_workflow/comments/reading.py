"""Comments as one reader sees them: with their author's organisation and country, and what can be done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dfs_workflow.comments import wording
from dfs_workflow.models import Capability, ReaderComment
from dfs_workflow.models.country_names import country_name
from dfs_workflow.permissions import Standing


@dataclass(frozen=True)
class Read:
    comment: ReaderComment
    author: str
    country: str
    is_own: bool
    can_edit: bool
    can_answer: bool
    can_flag: bool
    can_propose: bool
    # Answers a comment that this reader isn't shown.
    answers_unseen: bool
    answers: list["Read"] = field(default_factory=list)


def thread(rows: Iterable[ReaderComment], *, reader: Any, known: Standing, at: datetime) -> list[Read]:
    """As a tree; an answer to what isn't shown stands at the top."""
    found = {read.comment.pk: read for read in readings(rows, reader=reader, known=known, at=at)}
    for read in found.values():
        if not read.answers_unseen and read.comment.parent_id != read.comment.pk:
            found[read.comment.parent_id].answers.append(read)
    return [read for read in found.values() if read.answers_unseen or read.comment.parent_id == read.comment.pk]


def readings(rows: Iterable[ReaderComment], *, reader: Any, known: Standing, at: datetime) -> list[Read]:
    comments = list(rows)
    named = wording.consenting(comments, reader_sees_names=known.can(Capability.SEE_DIRECTORY))
    seen, may_write = {comment.pk for comment in comments}, known.can(Capability.COMMENT)
    return [
        Read(
            comment=comment,
            author=wording.author(comment, named, reader),
            country=country_name(comment.country),
            is_own=may_write and comment.user_id == reader.pk,
            can_edit=may_write and comment.may_still_be_edited(reader, at),
            can_answer=may_write and comment.can_be_answered,
            can_flag=may_write and comment.user_id != reader.pk,
            can_propose=comment.kind == ReaderComment.Kind.CORRECTION and known.can(Capability.PROPOSE),
            answers_unseen=comment.parent_id not in seen,
        )
        for comment in comments
    ]
