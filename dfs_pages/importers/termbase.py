"""The termbase starts with the glossary: a word that a second person has reviewed is approved, others are admitted."""

import re

from dfs_pages.models import GlossaryTerm
from dfs_workflow.conf import source_language
from dfs_workflow.models import Decision
from dfs_workflow.translation.importers.termbase import TermRow, store_terms

IN_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]")
SOURCE = "Glossary of this site"


def seed_termbase() -> int:
    reviewed = Decision.objects.filter(kind=Decision.Kind.REVIEW).values_list("revision_id", flat=True)
    decided = set(reviewed)
    rows = []
    for term in (
        GlossaryTerm.objects.filter(live=True).select_related("locale").order_by("key", "locale__language_code")
    ):
        code = term.locale.language_code
        is_approved = code == source_language() or term.live_revision_id in decided
        status = "approved" if is_approved else "admitted"
        for text in dict.fromkeys(filter(None, [IN_BRACKETS.sub("", term.term).strip(), term.acronym])):
            kind = status if text != term.acronym else "admitted"
            rows.append(
                TermRow(term.key, term.definition if code == source_language() else "", code, text, kind, SOURCE)
            )
    return store_terms(rows)
