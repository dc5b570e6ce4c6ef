"""How the author of a comment is shown, and what is kept of a text."""

import re
from typing import Any

from django.utils.translation import gettext as _

from dfs_workflow.models import Membership, ReaderComment, name_of

# Control characters but the end of a line, and those that turn the direction of what follows them.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\u202d\u202e]")


def plain(text: str) -> str:
    """Paragraphs of plain text; markup in it stays what was typed and is never read as markup."""
    text = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def consenting(comments: list[ReaderComment], *, reader_sees_names: bool) -> set[int]:
    """Accounts whose name this reader is shown: those who agreed to be found by counterparts. One query at most."""
    people = {comment.user_id for comment in comments if comment.user_id}
    if not reader_sees_names or not people:
        return set()
    return set(Membership.objects.active().filter(user__in=people, is_listed=True).values_list("user_id", flat=True))


def author(comment: ReaderComment, named: set[int], reader: Any) -> str:
    if reader.is_authenticated and comment.user_id == reader.pk:
        return _("You")
    return name_of(comment.user) if comment.user_id in named else _("A member")
