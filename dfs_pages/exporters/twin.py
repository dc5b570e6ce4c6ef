"""The Markdown twin of a page: the same words for programs and for readers who prefer plain text."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from dfs_pages.exporters.markdown import Markdown
from dfs_pages.exporters.pages import Block, whole_page
from dfs_pages.exporters.rich_markdown import escape
from dfs_pages.query import Reader, glossary, is_draft_translation
from dfs_pages.query.library import language_name
from dfs_workflow.query import page_url, permanent_url


def absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}" if path.startswith("/") else path


def twin_of(page: Any, request: HttpRequest, language: str) -> str:
    reader = Reader(language, request)
    blocks = whole_page(page, reader)
    names = Names(blocks, reader)
    text = Markdown(names.link_to, names.file_of).text(blocks)
    head = [f"# {escape(heading(page))}", f"<{absolute(page_url(page, language))}>"]
    if page.locale.language_code != language:
        words = _("This page is not translated into this language yet. You see it in another one: %(shown_in)s.")
        head.append(words % {"shown_in": language_name(page.locale.language_code)})
    if is_draft_translation(page, reader):
        head.append(_("Draft translation, not yet reviewed. The English text prevails."))
    return "\n\n".join(filter(None, [*head, text])) + "\n"


def heading(page: Any) -> str:
    return f"{getattr(page, 'reference', '')} {page.title}".strip()


def glossary_twin(language: str) -> str:
    rows = [f"* **{escape(str(term))}**: {escape(term.definition)}" for term in glossary(language)]
    return "\n".join([f"# {_('Glossary')}", "", *rows]) + "\n"


class Names:
    """Addresses of everything that the blocks name, asked for at once. What is not public has none."""

    def __init__(self, blocks: list[Block], reader: Reader) -> None:
        found = Found()
        Markdown(found.link, found.file).text(blocks)
        self.reader = reader
        pages = reader.public(Page.objects.filter(pk__in=found.ids["page"])) if found.ids["page"] else []
        self.pages = {str(page.pk): page_url(page, reader.language) for page in pages}
        self.files = {
            kind: {row.pk: row for row in model._default_manager.filter(pk__in=found.ids[kind])}
            if found.ids[kind]
            else {}
            for kind, model in (("image", get_image_model()), ("document", get_document_model()))
        }

    def link_to(self, kind: str, name: str, anchor: str) -> str:
        if kind == "page":
            path = self.pages.get(name, "")
            return f"{absolute(path)}#{anchor}" if path and anchor else absolute(path)
        if kind == "statement":
            return absolute(permanent_url(name, self.reader.language))
        if kind == "document":
            return self.file_of("document", int(name)) if name.isdecimal() else ""
        return "" if kind else absolute(name)

    def file_of(self, kind: str, pk: int) -> str:
        row = self.files[kind].get(pk)
        if row is None:
            return ""
        return absolute(row.file.url if kind == "image" else row.url)


class Found:
    def __init__(self) -> None:
        self.ids: dict[str, set[int]] = {"page": set(), "image": set(), "document": set()}

    def link(self, kind: str, name: str, anchor: str) -> str:
        if kind in self.ids and name.isdecimal():
            self.ids[kind].add(int(name))
        return "x"

    def file(self, kind: str, pk: int) -> str:
        self.ids[kind].add(pk)
        return "x"
