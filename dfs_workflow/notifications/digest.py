"""The digest of one person: of what happened, what they may see and asked for, in their language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Page

from dfs_workflow.comments import visible
from dfs_workflow.models import Consultation, MailChoice, Proposal, ReaderComment
from dfs_workflow.models.country_names import country_name
from dfs_workflow.notifications import post
from dfs_workflow.notifications.news import News
from dfs_workflow.permissions import Standing

LISTED = 20
WORDS = 40


Line = tuple[str, str]  # words, address


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]
    more: int


def section(title: str, found: Sequence[Any], line: Callable[[Any], Line]) -> Section:
    """Words are made only for those that are listed: after a load there may be thousands."""
    return Section(title, [line(each) for each in found[:LISTED]], max(0, len(found) - LISTED))


def write_digest(user: Any, choice: MailChoice, language: str, known: Standing, news: News) -> bool:
    """False where there is nothing to say, or where it was said already."""
    with override(language):
        sections = [each for each in Reader(user, choice, language, known, news).sections() if each.lines]
        if not sections:
            return False
        context = {
            "sections": sections,
            "since": news.since,
            "choices_url": absolute(reverse("dfs_workflow:mail_choices")),
            "stop_url": post.unsubscribe_url(user, post.DIGEST, language),
        }
        subject = render_to_string("dfs_workflow/mail/digest_subject.txt", context)
        body = render_to_string("dfs_workflow/mail/digest.txt", context)
    about = f"{choice.pace} {news.until.isoformat()}"
    return post.write(
        post.DIGEST, user.email, language, subject=subject, body=body, about=about, person=user, wake=False
    )


@dataclass(frozen=True)
class Reader:
    user: Any
    choice: MailChoice
    language: str
    known: Standing
    news: News

    def sections(self) -> list[Section]:
        may_read, may_know = self.news.open_to(self.user)
        places = self.news.places(self.language)
        pages = {key for key in may_read if key in places and self.asked_for(key)}
        return [
            section(_("Published"), self.published(pages), self.publication),
            section(_("Withdrawn"), self.withdrawn(may_know), lambda page: (page.title, "")),
            section(_("Consultations"), self.consultations(pages), consultation),
            section(_("Proposals"), self.news.proposals_for(self.user, self.known), proposal),
            section(_("Comments"), self.comments(pages), self.comment),
            section(_("Comments that wait for a decision"), self.waiting(), waiting),
        ]

    def asked_for(self, key: UUID) -> bool:
        chosen = self.choice.chapters
        return not chosen or not self.news.chapters[key].isdisjoint(map(UUID, chosen))

    def speaks(self, language: str) -> bool:
        return not self.choice.languages or language in self.choice.languages

    def published(self, pages: set[UUID]) -> list[tuple[UUID, list[str]]]:
        """With the languages in which it was published."""
        rows = [(key, codes) for key, codes in self.news.published.items() if key in pages]
        if not self.choice.languages:
            return rows
        spoken = [(key, [code for code in codes if self.speaks(code)]) for key, codes in rows]
        return [(key, codes) for key, codes in spoken if codes]

    def publication(self, row: tuple[UUID, list[str]]) -> Line:
        key, codes = row
        names = _(", ").join(str(get_language_info(code)["name_translated"]) for code in codes)
        return f"{self.name(key)} ({names})", absolute(self.news.places(self.language)[key].url)

    def withdrawn(self, may_know: set[UUID]) -> list[Page]:
        rows = self.news.withdrawn.items()
        known = [page for key, page in rows if key in may_know and self.asked_for(key)]
        return [page for page in known if self.speaks(page.locale.language_code)]

    def consultations(self, pages: set[UUID]) -> list[Consultation]:
        return [row for row in self.news.consultations if row.translation_key in pages]

    def comments(self, pages: set[UUID]) -> list[ReaderComment]:
        rows = [row for row in self.news.comments if row.translation_key in pages and self.speaks(row.language)]
        return [row for row in rows if row.user_id != self.user.pk]

    def comment(self, row: ReaderComment) -> Line:
        who = _(", ").join(filter(None, [str(row.organisation or ""), country_name(row.country)]))
        words = Truncator(" ".join(row.comment.split())).words(WORDS)
        address = absolute(self.news.places(self.language)[row.translation_key].comments_url)
        return f"{who}{_(', ')}{self.name(row.translation_key)}{_(': ')}{words}", f"{address}#c{row.pk}"

    def waiting(self) -> list[int]:
        """For moderators, until it is decided: how many."""
        may_be_one = self.user.is_superuser or self.user.pk in self.news.moderators
        if self.choice.pace == MailChoice.Pace.INSTANT or not may_be_one or not visible.can_moderate(self.user):
            return []
        rows = visible.comments_for(self.user, moderating=True).filter(visible.TO_DECIDE).exclude(user=self.user)
        count = rows.count()
        return [count] if count else []

    def name(self, key: UUID) -> str:
        place = self.news.places(self.language)[key]
        return f"{place.reference} {place.title}".strip()


def consultation(row: Consultation) -> Line:
    address = absolute(reverse("dfs_workflow:consultation", args=[row.pk]))
    if row.is_closed:
        return _("%(title)s: closed, with the answers and what became of them") % {"title": row.title}, address
    return _("%(title)s: open until %(day)s") % {"title": row.title, "day": date_format(row.closes_on)}, address


def proposal(row: Proposal) -> Line:
    address = absolute(reverse("dfs_workflow:proposal", args=[row.number]))
    return f"{row.number} {row.title} ({row.get_state_display()})", address


def waiting(count: int) -> Line:
    return str(count), absolute(reverse("dfs_workflow_comments"))


def absolute(path: str) -> str:
    return f"{get_admin_base_url() or ''}{path}"


def language_of(user: Any) -> str:
    """Of a row that brought the profile along."""
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile.preferred_language if profile else "") or settings.LANGUAGE_CODE
