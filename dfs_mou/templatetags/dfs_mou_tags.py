from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language

from dfs_mou import query
from dfs_mou.blocks.values import to_text
from dfs_mou.views import preview, reading
from dfs_workflow.query import source_language

register = template.Library()


def language() -> str:
    return get_language() or source_language()


@register.simple_tag(takes_context=True)
def clause_reading(context: Mapping[str, Any], page: Any) -> reading.ClauseReading:
    return reading.clause_reading(page, language(), context.get("request"))


@register.simple_tag(takes_context=True)
def template_reading(context: Mapping[str, Any], page: Any) -> reading.TemplateReading:
    return reading.template_reading(page, language(), context.get("request"))


@register.simple_tag
def template_of(page: Any) -> reading.Entry | None:
    return reading.template_of(page, language())


@register.simple_tag(takes_context=True)
def is_unreviewed(context: Mapping[str, Any], page: Any) -> bool:
    return query.is_unreviewed_translation(page, context.get("request"))


@register.simple_tag(takes_context=True)
def template_preview(context: Mapping[str, Any], page: Any) -> preview.Preview:
    return preview.template_preview(page, context["request"])


@register.filter
def as_text(value: Any) -> str:
    return to_text(value)
