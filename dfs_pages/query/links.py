"""Links between pages inside rich text: stored by id, written out in the reader's language."""

import re

from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from dfs_pages.query.overlay import Reader
from dfs_workflow.query import page_url

LINK = re.compile(r"""<a\b(?=[^>]*\blinktype="page")(?=[^>]*\bid="(\d+)")[^>]*>""")


def expand_links(html: str, reader: Reader) -> str:
    """A page that is gone or not public leaves its words without a link. One query, however many links."""
    ids = {int(number) for number in LINK.findall(html)}
    if ids:
        public = reader.public(Page.objects.filter(pk__in=ids))
        addresses = {page.pk: page_url(page, reader.language) for page in public}
        html = LINK.sub(lambda match: opening(addresses.get(int(match[1]))), html)
    return str(expand_db_html(html))


def opening(address: str | None) -> str:
    return f'<a href="{address}">' if address else "<a>"
