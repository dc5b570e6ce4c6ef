"""What a state of answers needs and says: questions, problems and clauses. Nothing is stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from dfs_mou.api.answers import clean_exactly
from dfs_mou.api.routes import LARGEST, kept, known_language, only_language, the_edition
from dfs_mou.api.state_schemas import NeedsOut, StateIn, ValidityOut
from dfs_mou.documents.answers import Cleaned
from dfs_mou.documents.conditions import clauses_in, variables_needed
from dfs_mou.documents.edition import Edition
from dfs_workflow.api import Problem

router = Router(tags=["MOU"])
PROBLEMS = dict.fromkeys((404, 413, 422), Problem)


@router.post(
    "/mou/questions/needed", response={200: NeedsOut, **PROBLEMS}, summary="The questions that a state of answers needs"
)
def needed_questions(request: HttpRequest, data: StateIn) -> dict[str, Any]:
    """Answers that can't be used count as not given; `validate` names them."""
    edition, cleaned, languages = state(request, data)
    needs = variables_needed(edition, cleaned.answers, data.keep, languages)
    items = [
        {
            **need.variable.to_json(),
            "printed_in": list(need.printed_in),
            "decides": list(need.decides),
            "open_in": list(need.open_in),
        }
        for need in needs
    ]
    if data.language is not None:
        items = only_language(items, edition, known_language(edition, data.language, place="body"))
    return {"count": len(items), "open": sum(need.is_open for need in needs), "items": items}


@router.post(
    "/mou/validate", response={200: ValidityOut, **PROBLEMS}, summary="What is wrong or open in a state of answers"
)
def validate(request: HttpRequest, data: StateIn) -> dict[str, Any]:
    edition, cleaned, languages = state(request, data)
    needs = variables_needed(edition, cleaned.answers, data.keep, languages)
    return {
        "is_valid": cleaned.is_valid,
        "problems": [
            {"name": row.name, "language": row.language, "code": row.code, "message": str(row.message)}
            for row in cleaned.errors
        ],
        "open": [need.variable.name for need in needs if need.is_open],
        "clauses": [row.to_json() for row in clauses_in(edition, cleaned.answers, data.keep).values()],
    }


def state(request: HttpRequest, data: StateIn) -> tuple[Edition, Cleaned, list[str] | None]:
    if len(request.body) > LARGEST:
        raise HttpError(413, "The answers are larger than 2 megabytes.")
    _row, edition = the_edition(data.template)
    kept(edition, data.keep)
    for language in data.languages or ():
        known_language(edition, language, place="body", name="languages")
    return edition, clean_exactly(edition, data.answers), data.languages
