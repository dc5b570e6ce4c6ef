from django.http import Http404, HttpRequest, JsonResponse

from dfs_mou import query


def chip_choices(request: HttpRequest, linktype: str) -> JsonResponse:
    """What the editor offers to insert. Wagtail lets only people with access to the admin reach it."""
    choices = {"mouvar": query.variable_choices, "mouref": query.clause_choices}.get(linktype)
    if choices is None:
        raise Http404
    return JsonResponse({"choices": [{"key": key, "label": label} for key, label in choices()]})
