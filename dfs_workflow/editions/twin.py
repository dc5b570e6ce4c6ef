"""An edition and its texts in Markdown: the decided words, without the frame around them."""

import json
from collections.abc import Iterable

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dfs_workflow.editions import reading
from dfs_workflow.editions.codes import named, names_in
from dfs_workflow.markdown import escaped
from dfs_workflow.models.edition import Edition, EditionItem


def item_twin(item: EditionItem, edition: Edition, language: str) -> str:
    data = json.loads(item.snapshot.content)
    lines = [
        f"# {escaped(' '.join(filter(None, [item.reference, item.title])))}",
        f"<{absolute(reading.edition_url(edition.number, language, reading.place_of(item)))}>",
        f"{frozen(edition)} {_('This text never changes.')}",
    ]
    for part in data["fields"]:
        names = names_in(edition, data["kind"], part["name"])
        words = [escaped(named(unit["text"], names)) for unit in part["units"]]
        lines += [f"## {reading.label_of(data['kind'], part['name'])}", *filter(None, words)]
    return "\n\n".join(lines) + "\n"


def edition_twin(edition: Edition, language: str) -> str:
    contents = reading.contents(edition, language)
    lines = [
        f"# {_('Edition %(number)s') % {'number': edition.number}}",
        f"<{absolute(reading.edition_url(edition.number, language))}>",
        frozen(edition),
        escaped(edition.reason),
        listed(contents.pages),
    ]
    for name, terms in contents.terms:
        lines += [f"## {name}", listed(terms)]
    return "\n\n".join(lines) + "\n"


def frozen(edition: Edition) -> str:
    date = date_format(edition.frozen_at, "DATE_FORMAT")
    return _("Edition %(number)s, frozen on %(date)s.") % {"number": edition.number, "date": date}


def listed(lines: Iterable[reading.Line]) -> str:
    return "\n".join(
        f"* [{escaped(' '.join(filter(None, [line.reference, line.title])))}]({absolute(line.url)})" for line in lines
    )


def absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
