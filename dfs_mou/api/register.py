"""The public register of concluded MOUs over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from dfs_mou import query as reads
from dfs_mou.api.schemas import Exact
from dfs_mou.models import Conclusion
from dfs_workflow.api import PageOfResults, Problem, StrictQuery, page_of

router = Router(tags=["MOU"])


class AuthorityOut(Exact):
    key: str
    name: str


class ConcludedOut(Exact):
    title: str
    language: str
    authorities: list[AuthorityOut]
    signed_on: date
    in_force_from: date
    template: str
    template_version: str
    edition_sha256: str

    @staticmethod
    def of(row: Conclusion) -> dict[str, Any]:
        parties = [party.organisation for party in row.agreement.parties.all()]
        edition = row.agreement.edition
        return {
            "title": row.title,
            "language": row.language,
            "authorities": [{"key": one.key, "name": str(one)} for one in parties],
            "signed_on": row.signed_on,
            "in_force_from": row.starts_on,
            "template": edition.template,
            "template_version": edition.version,
            "edition_sha256": edition.sha256,
        }


@router.get(
    "/mou/register",
    response={200: PageOfResults[ConcludedOut], 422: Problem},
    summary="MOUs that were concluded and whose authorities all agreed to be named",
)
def register(request: HttpRequest, query: Query[StrictQuery]) -> dict[str, Any]:
    found = page_of(reads.register(), query)
    return {**found, "items": [ConcludedOut.of(row) for row in found["items"]], "limit": query.limit}
