from django import template

from dfs_workflow.counts import Count

register = template.Library()


@register.filter
def grouped(number: int | None) -> Count:
    """`{{ total|grouped }}`, also in `blocktranslate count total=total|grouped`."""
    return Count(number or 0)
