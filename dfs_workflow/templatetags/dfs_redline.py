"""`{% redline found %}` shows what `dfs_workflow.redline.compare` found; `{% redline_notes found "fr" %}` names it."""

from typing import Any

from django import template

from dfs_workflow.redline import Redline

register = template.Library()


@register.inclusion_tag("dfs_workflow/redline.html")
def redline(found: Redline) -> dict[str, Any]:
    return {"redline": found}


@register.inclusion_tag("dfs_workflow/redline_notes.html")
def redline_notes(found: Redline, language: str) -> dict[str, Any]:
    return {"redline": found, "language": language}
