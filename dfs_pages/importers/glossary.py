from wagtail.models import Locale

from dfs_pages.importers import schema
from dfs_pages.importers.markup import key
from dfs_pages.models import GlossaryTerm


def wanted_term(entry: schema.GlossaryEntry, locale: Locale) -> GlossaryTerm:
    return GlossaryTerm(
        translation_key=key("GlossaryTerm", entry.key),
        locale=locale,
        live=True,
        key=entry.key,
        term=entry.term,
        acronym=entry.acronym or "",
        definition=entry.definition,
        see_also=list(entry.see_also),
    )
