"""The content of a page as it is compared and merged, and a proposal on the newest version of it."""

import json
import re
from collections.abc import Mapping
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from dfs_workflow.merging import ABSENT, Answer, Merged, Path, key_of, merge
from dfs_workflow.models import Decision, ProposalItem
from dfs_workflow.models.digest import BOOKKEEPING, canonical, with_streams_read

Content = dict[str, Any]
GONE = {"absent": True}
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
QUOTES = {"&#x27;": "'", "&#39;": "'", "&quot;": '"'}


def content_in(page: Any, revision: Revision) -> Content:
    return plain(with_streams_read(type(page), revision.content))


def content_as_edited(page: Page) -> Content:
    return plain(with_streams_read(type(page), page.serializable_data()))


def plain(content: Content) -> Content:
    """As JSON holds it, without what Wagtail keeps about the page."""
    found: Content = json.loads(canonical(content))
    return {name: value for name, value in found.items() if name not in BOOKKEEPING}


def differing(base: Content, proposed: Content) -> tuple[Content, Content]:
    proposed = {name: alike(base.get(name), value) for name, value in proposed.items()}
    names = [name for name in proposed if base.get(name) != proposed[name]]
    return {name: base.get(name) for name in names}, {name: proposed[name] for name in names}


def alike(base: Any, proposed: Any) -> Any:
    """The editor gives each paragraph a key and writes quotation marks its own way, which is no change of its words."""
    if isinstance(base, str) and isinstance(proposed, str):
        return base if wording(base) == wording(proposed) else proposed
    if isinstance(base, dict) and isinstance(proposed, dict):
        return {name: alike(base.get(name), value) for name, value in proposed.items()}
    if isinstance(base, list) and isinstance(proposed, list):
        known = {key_of(row): row for row in base}
        return [alike(known.get(key_of(row)), row) if key_of(row) else row for row in proposed]
    return proposed


def wording(text: str) -> str:
    if not text.startswith("<"):
        return text  # no rich text: it says what it says
    text = BLOCK_KEY.sub("", text)
    for written, mark in QUOTES.items():
        text = text.replace(written, mark)
    return text


def known_base(page: Any, number: Any) -> Revision | None:
    """The version that somebody read, if readers ever saw it; the live one if none is named."""
    if not number:
        return page.live_revision
    if not str(number).isdecimal():
        return None
    revision = Revision.objects.for_instance(page).filter(pk=number).first()
    if revision is None or revision.pk == page.live_revision_id:
        return revision
    was_public = Decision.known_to_readers().filter(revision_id=revision.pk, kind__in=Decision.PUBLISHING).exists()
    return revision if was_public else None


def merged(item: ProposalItem, page: Any, *, answers: Mapping[Path, Answer] | None = None) -> Merged:
    """With the newest version, which may be a draft."""
    newest = page.latest_revision
    now = content_in(page, newest) if newest else {}
    names = item.proposed.keys()
    decided = stored_answers(item) if answers is None else answers
    return merge(
        {name: item.base.get(name) for name in names},
        item.proposed,
        {name: alike(item.base.get(name), now.get(name)) for name in names},
        decided,
    )


def stored_answers(item: ProposalItem) -> dict[Path, Answer]:
    return {tuple(path): Answer(loaded(value), loaded(seen)) for path, value, seen in item.answers}


def storable_answers(answers: Mapping[Path, Answer]) -> list[Any]:
    return [[list(path), stored(answer.value), stored(answer.seen)] for path, answer in answers.items()]


def stored(value: Any) -> Any:
    return GONE if value is ABSENT else value


def loaded(value: Any) -> Any:
    return ABSENT if value == GONE else value


def with_content(page: Any, content: Content) -> Any:
    """The newest version of the page or snippet with these fields instead; not saved."""
    newest = page.latest_revision.content if page.latest_revision else page.serializable_data()
    streams = {field.name for field in page._meta.get_fields() if isinstance(field, StreamField)}
    written = {name: json.dumps(value) if name in streams else value for name, value in content.items()}
    return page.with_content_json({**newest, **written})
