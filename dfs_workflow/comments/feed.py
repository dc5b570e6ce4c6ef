"""Comments as Atom. Feed readers take a description for HTML, so the text is escaped before it is one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from dfs_workflow.comments.places import Place
from dfs_workflow.models import ReaderComment
from dfs_workflow.models.country_names import country_name


class FeedOfComments(Atom1Feed):
    """Each comment is in the language of who wrote it."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("summary", item["description"], {"type": "html", "xml:lang": item["written_in"]})


def atom(
    comments: Iterable[ReaderComment], places: Mapping[Any, Place], about: Place | None, language: str, address: str
) -> str:
    title = f"{about.reference} {about.title}".strip() if about else ""
    link = about.comments_url if about else reverse("dfs_workflow:latest_comments")
    feed = FeedOfComments(
        title=_("Comments: %(title)s") % {"title": title} if title else _("Comments of readers"),
        link=absolute(link),
        feed_url=absolute(address),
        description="",
        language=language,
    )
    for comment in comments:
        place = places[comment.translation_key]
        url = f"{absolute(place.comments_url)}#c{comment.pk}"
        feed.add_item(
            title=f"{place.reference} {place.title} – {comment.get_kind_display()}".strip(),
            link=url,
            description=linebreaks(comment.comment, autoescape=True),
            unique_id=url,
            pubdate=comment.submit_date,
            updateddate=comment.edited_at or comment.submit_date,
            author_name=", ".join(filter(None, [str(comment.organisation or ""), country_name(comment.country)])),
            written_in=comment.language,
        )
    return str(feed.writeString("utf-8"))


def absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
