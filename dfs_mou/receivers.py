"""Publishing any page of a template compiles a new edition, when what readers see can be printed and differs."""

import logging
import threading
from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from dfs_mou import actions, query
from dfs_mou.models import ClausePage, MouTemplatePage, QuestionGroupPage
from dfs_mou.views.builder.fields import language_name
from dfs_mou.views.lint import check_template, sentence
from dfs_mou.views.words import Words, listed
from dfs_workflow.actions.bundle_review import bundle_is_read
from dfs_workflow.models.refusal import notice
from dfs_workflow.translation.signals import freshness_changed

MOST_TOLD = 10
logger = logging.getLogger(__name__)


class _Changed(threading.local):
    """The templates changed in the transactions of this thread: many pages published together compile once."""

    def __init__(self) -> None:
        self.templates: set[str] = set()


changed = _Changed()


def after_a_change(sender: Any, instance: Any, **kwargs: Any) -> None:
    """At the end of the transaction, so that pages published together make one edition."""
    template = query.source_template(instance)
    if template is not None:
        changed.templates.add(template.template_key)
        transaction.on_commit(partial(compile_again, template))


def after_freshness_changed(sender: Any, keys: Collection[Any], **kwargs: Any) -> None:
    """A clause says by itself that its translation is older than its source."""
    clauses = ClausePage.objects.filter(translation_key__in=keys, locale__language_code=query.source_language())
    for clause in clauses.select_related("locale"):
        after_a_change(ClausePage, clause)


def compile_again(template: MouTemplatePage) -> None:
    if template.template_key not in changed.templates:
        return
    changed.templates.discard(template.template_key)
    if not query.is_public_template(template.template_key):
        return  # withdrawn: the editions that were compiled stay, for the drafts that were made with them
    compiled = actions.compile_edition(template=template)
    if compiled.problems:
        logger.warning("%s: %s", template.template_key, compiled.sentence())
        notice(
            _("The page is published, but the builder still uses the model MOU as it was: %(problem)s")
            % {"problem": " ".join(_first(sentences(compiled)))}
        )
    if compiled.lost:
        tell_what_is_lost(compiled.lost)


def tell_what_is_lost(languages: Collection[str]) -> None:
    sentence = _(
        "The builder has a new edition of the model MOU that is no longer in %(languages)s:"
        " some pages are not published there."
    )
    notice(sentence % {"languages": listed(map(language_name, languages))})


def sentences(compiled: actions.Compiled) -> list[str]:
    """What was found, in the words of whoever published."""
    if compiled.refused is None:
        return list(compiled.problems)
    words = Words(compiled.refused, get_language() or query.source_language())
    return [sentence(row, words) for row in compiled.findings]


def _first(found: list[str]) -> list[str]:
    more = len(found) - MOST_TOLD
    return found[:MOST_TOLD] + ([_("“Check the template” says %(count)s more.") % {"count": more}] if more > 0 else [])


def what_keeps_back(sender: Any, instances: Iterable[Any], **kwargs: Any) -> list[str]:
    """Of each template with pages among them; whoever approves would find out afterwards."""
    pages = [instance for instance in instances if isinstance(instance, Page)]
    return [line for template in query.templates_of(pages) for line in _told_of(template)]


def _told_of(template: MouTemplatePage) -> list[str]:
    found = check_template(template, get_language() or query.source_language()).errors
    if not found:
        return []
    sentence = _("The builder would go on with the edition before, as the check of the template finds: %(problems)s")
    return [sentence % {"problems": " ".join(_first([str(row) for row in found]))}]


def connect() -> None:
    bundle_is_read.connect(what_keeps_back, dispatch_uid="dfs_mou.bundle")
    freshness_changed.connect(after_freshness_changed, dispatch_uid="dfs_mou.freshness")
    for signal in (page_published, page_unpublished):
        for model in (MouTemplatePage, QuestionGroupPage, ClausePage):
            signal.connect(after_a_change, sender=model, dispatch_uid=f"dfs_mou.{model.__name__}")
