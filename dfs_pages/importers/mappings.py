"""The shipped mapping of our controls to other frameworks becomes one snippet for each pair."""

from datetime import date

from wagtail.models import Locale

from dfs_pages.importers import schema
from dfs_pages.importers.markup import key
from dfs_pages.models import ControlMapping


def wanted_mappings(file: schema.Mappings, locale: Locale) -> list[ControlMapping]:
    titles = {(framework.id, item.id): item.title for framework in file.frameworks for item in framework.items}
    return [
        ControlMapping(
            translation_key=key("ControlMapping", row.control, row.framework, row.item),
            locale=locale,
            live=True,
            source=row.control,
            target_framework=row.framework,
            target=row.item,
            target_title=titles[row.framework, row.item],
            relation=row.relation,
            rationale=row.rationale,
            confidence=row.confidence,
            author=file.author,
            mapped_on=date.fromisoformat(file.date),
        )
        for row in file.mappings
    ]
