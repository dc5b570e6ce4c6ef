"""Comments for tests."""

from typing import Any

from django.utils import timezone

from dfs_workflow import actions
from dfs_workflow.models import ReaderComment


def written(by: Any, page: Any, text: str = "Well said.", *, shown: bool = True, **fields: Any) -> ReaderComment:
    """Accepted at once, as for somebody who has written before, unless it is said otherwise."""
    given = {"kind": "question", "language": "en", "at": timezone.now(), **fields}
    comment = actions.write_comment(by=by, page=page, text=text, **given)
    if shown:
        comment.state, comment.is_public, comment.accepted_at = ReaderComment.State.SHOWN, True, given["at"]
        comment.save()
    return comment
