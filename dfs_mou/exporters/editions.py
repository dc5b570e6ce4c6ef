"""The edition that builder, API and commands work with; editions never change, so a process reads each once."""

from functools import lru_cache

from dfs_mou import conf, query
from dfs_mou.documents.edition import Edition
from dfs_mou.models import TemplateEdition


def current_edition(template: str = "") -> tuple[TemplateEdition, Edition] | None:
    """Nothing where the template itself is withdrawn or not public: its text stays where it is."""
    template = template or conf.template_key()
    key = query.current_edition_key(template) if query.is_public_template(template) else None
    return None if key is None else edition_of(*key)


def edition_by_hash(sha256: str) -> Edition | None:
    """An edition of a public template, as documents name it."""
    row = TemplateEdition.objects.filter(sha256=sha256).only("pk", "sha256", "template").first()
    is_public = row is not None and query.is_public_template(row.template)
    return edition_of(row.pk, row.sha256)[1] if row and is_public else None


@lru_cache(4)
def edition_of(key: int, sha256: str) -> tuple[TemplateEdition, Edition]:
    row = TemplateEdition.objects.get(pk=key, sha256=sha256)
    return row, Edition.from_json(row.content)
