"""The termbase, for one pair of languages."""

from collections import defaultdict

from dfs_workflow.translation import quality
from dfs_workflow.translation.models import Term


def terms_for(source_language: str, language: str) -> list[quality.Term]:
    """One query. A concept counts by every word the source has for it."""
    rows = Term.objects.filter(language__in=[source_language, language]).order_by("pk")
    concepts: dict[int, list[Term]] = defaultdict(list)
    for row in rows:
        concepts[row.concept_id].append(row)
    return [term for terms in concepts.values() for term in pairs(terms, source_language, language)]


def pairs(terms: list[Term], source_language: str, language: str) -> list[quality.Term]:
    def words(status: str) -> list[str]:
        return [term.text for term in terms if term.language == language and term.status == status]

    allowed = {
        "approved": words(Term.Status.APPROVED),
        "admitted": words(Term.Status.ADMITTED),
        "forbidden": words(Term.Status.FORBIDDEN),
    }
    sources = [t.text for t in terms if t.language == source_language and t.status != Term.Status.FORBIDDEN]
    return [quality.Term(source, **allowed) for source in sources] if any(allowed.values()) else []
