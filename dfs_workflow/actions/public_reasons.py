from wagtail.models import Revision

from dfs_workflow.models import PublicReason


def keep_public_reason(*, revision: Revision) -> None:
    """Called after a version was saved: with the words that its page has at hand."""
    text = getattr(revision.content_object, "public_reason", "")
    if text:
        give_public_reason(revision=revision, text=text)


def give_public_reason(*, revision: Revision, text: str) -> None:
    """Before it is reviewed. What was written with the version itself stays."""
    PublicReason.objects.get_or_create(revision=revision, defaults={"text": text})
