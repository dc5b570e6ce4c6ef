import json
from typing import Any

from django import template

from dfs_workflow.models import is_governed

register = template.Library()


@register.filter
def without_refused(props: str, instance: Any) -> str:
    """What the translation editor offers, without its ways to leave the review: an alias, and writing past the source.

    It has no switch for the second one, so `admin.css` hides the button whose address is empty.
    """
    if not is_governed(instance):
        return props
    offered = json.loads(props)
    offered["links"] |= {"convertToAliasUrl": None, "stopTranslationUrl": ""}
    return json.dumps(offered)
