import json
from typing import Any

from django import template

from dfs_workflow.models import is_governed

register = template.Library()


@register.filter
def without_alias(props: str, instance: Any) -> str:
    """What the translation editor offers, without its button that turns a governed page into an alias."""
    if not is_governed(instance):
        return props
    offered = json.loads(props)
    offered["links"]["convertToAliasUrl"] = None
    return json.dumps(offered)
