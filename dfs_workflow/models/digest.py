"""What the content of an object is, apart from bookkeeping, and its hash."""

import json
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page

# What Wagtail itself keeps about an object. Everything else is content: what readers are shown, and when.
BOOKKEEPING = frozenset(
    {
        *("pk", "page_ptr", "content_type", "owner", "alias_of", "draft_title", "wagtail_admin_comments"),
        *("path", "depth", "numchild", "url_path"),
        *("live", "live_revision", "latest_revision", "latest_revision_created_at", "has_unpublished_changes"),
        *("first_published_at", "last_published_at", "expired", "locked", "locked_at", "locked_by"),
    }
)
# A child gets its key, parent and language when it is saved, so a revision may not know them yet.
CHILD_BOOKKEEPING = frozenset({"pk", "locale"})


def digest(content: Any) -> str:
    """sha256 of a revision's content; the same on every database, whatever the order of keys."""
    return sha256(canonical(content).encode()).hexdigest()


def canonical(content: Any) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)


def content_of(instance: Any) -> dict[str, str]:
    """Each field of content as text, so that two states of one object can be compared field by field."""
    data = with_streams_read(type(instance), instance.serializable_data())
    for name in child_m2m_names(type(instance)):
        data[name] = sorted(data.get(name, []), key=str)
    for name, model, parent_key in child_relations(type(instance)):
        children = [with_streams_read(model, child) for child in data.get(name, [])]
        data[name] = [without_bookkeeping(child, parent_key) for child in children]
    return {name: canonical(value) for name, value in data.items() if name not in BOOKKEEPING}


def with_streams_read(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """A StreamField is stored as text here and as JSON there, and PostgreSQL puts the keys of JSON in its own order."""
    streams = {field.name for field in model._meta.get_fields() if isinstance(field, StreamField)}
    return {
        name: json.loads(value) if name in streams and isinstance(value, str) else value for name, value in data.items()
    }


def without_bookkeeping(child: dict[str, Any], parent_key: str) -> dict[str, Any]:
    return {name: value for name, value in child.items() if name not in CHILD_BOOKKEEPING and name != parent_key}


def child_relations(model: type[models.Model]) -> list[tuple[str, type[models.Model], str]]:
    return [
        (relation.get_accessor_name(), relation.related_model, relation.field.name)
        for relation in get_all_child_relations(model)
    ]


def child_m2m_names(model: type[models.Model]) -> list[str]:
    return [field.name for field in get_all_child_m2m_relations(model)]


def differences(one: Any, other: Any) -> list[str]:
    """Names of the fields of content in which two states of an object differ."""
    left, right = content_of(one), content_of(other)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


def page_fields() -> set[str]:
    """The fields of Wagtail's own page, for the test that notices a new one."""
    return {field.name for field in Page._meta.local_fields}
