"""/llms.txt of one language: what there is to read, with the address of each Markdown twin. Only what is public."""

from django.db.models import Q
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page

from dfs_pages.exporters.rich_markdown import escape
from dfs_pages.exporters.twin import absolute
from dfs_pages.models import CataloguePage, ChapterPage, HomePage, IndexPage, PlainPage, ThreatPage
from dfs_pages.query import Pair, Reader, source_language
from dfs_workflow.query import page_url

LISTED: tuple[type[Page], ...] = (ChapterPage, CataloguePage, ThreatPage, PlainPage)


def llms_text(language: str) -> str:
    reader = Reader(language)
    home = next((pair.shown for pair in reader.overlay(HomePage, Q())), None)
    lines = [f"# {escape(home.title) if home else 'DFS'}", ""]
    if home and home.lead:
        lines += [f"> {escape(home.lead)}", ""]
    pairs = sorted((pair for model in LISTED for pair in reader.overlay(model, Q())), key=lambda pair: pair.source.path)
    translated = sum(pair.shown.locale.language_code == language for pair in pairs)
    name = get_language_info(language)["name_local"]
    numbers = {"translated": translated, "all": len(pairs), "language": name}
    if language != source_language():
        lines += [_("%(translated)s of %(all)s pages are translated (%(language)s).") % numbers, ""]
    for index in reader.overlay(IndexPage, Q()):
        below = [pair for pair in pairs if pair.source.path.startswith(index.source.path)]
        lines += section(index.shown.title, below, language)
    lines += section(_("About"), [pair for pair in pairs if isinstance(pair.source, PlainPage)], language)
    return "\n".join(lines).rstrip() + "\n"


def section(title: str, pairs: list[Pair], language: str) -> list[str]:
    rows = [row(pair.shown, language) for pair in pairs]
    return [f"## {escape(title)}", "", *rows, ""] if rows else []


def row(page: Page, language: str) -> str:
    summary = str(getattr(page, "summary", "") or getattr(page, "description", "")).split("\n")[0]
    more = f": {escape(summary)}" if summary else ""
    mark = "" if page.locale.language_code == language else f" ({page.locale.language_code})"
    return f"- [{escape(page.title)}]({absolute(twin_path(page, language))}){mark}{more}"


def twin_path(page: Page, language: str) -> str:
    path = page_url(page, language).rstrip("/")
    return f"{path}/index.md" if path.count("/") < 2 else f"{path}.md"
