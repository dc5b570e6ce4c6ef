"""The public pages of one language as a GitBook folder: the same pages give the same bytes, and read back the same."""

import json
import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from dfs_pages.exporters.markdown import Markdown
from dfs_pages.exporters.pages import Block, is_ours, own_blocks, profile, risks, stored
from dfs_pages.exporters.rich_markdown import escape
from dfs_pages.exporters.twin import absolute
from dfs_pages.models import ControlPage, LibraryEntryPage, ProfilePage, RecommendationPage, ThreatPage
from dfs_pages.query import Reader
from dfs_workflow.query import page_url, permanent_url, public

ASSETS = ".gitbook/assets"
BATCH = 100


@dataclass
class Export:
    """`notes` names what a Markdown folder can't keep."""

    folder: Path
    language: str
    files: dict[int, str] = field(default_factory=dict)  # by page: its file
    assets: dict[tuple[str, int], str] = field(default_factory=dict)
    written: int = 0
    notes: list[str] = field(default_factory=list)


def export_gitbook(top: Page, folder: Path) -> Export:
    export = Export(folder, top.locale.language_code)
    pages = public(Page.objects.filter(path__startswith=top.path)).order_by("path")
    places = list(pages.values_list("pk", "path", "slug", "numchild"))
    lay_out(export, places)
    write(folder / "SUMMARY.md", contents(export, top))
    for start in range(0, len(places), BATCH):
        batch = (
            Page.objects.filter(pk__in=[row[0] for row in places[start : start + BATCH]]).order_by("path").specific()
        )
        for page in batch:
            write(folder / export.files[page.pk], page_text(export, page))
            export.written += 1
    copy_assets(export)
    return export


def lay_out(export: Export, places: list[tuple[int, str, str, int]]) -> None:
    """A page with others below it is the README of a folder."""
    folders = {places[0][1]: ""} if places else {}
    paths = [path for _pk, path, _slug, _numchild in places]
    parents = {path[:-4] for path in paths}
    for pk, path, slug, _numchild in places:
        above = folders.get(path[:-4], "")
        is_reserved = slug.lower() in ("readme", "summary")
        if path in parents or path == paths[0] or is_reserved:
            folders[path] = posixpath.join(above, slug) if path != paths[0] else ""
            export.files[pk] = posixpath.join(folders[path], "README.md")
        else:
            export.files[pk] = posixpath.join(above, f"{slug}.md")


def contents(export: Export, top: Page) -> str:
    rows = Page.objects.filter(pk__in=export.files).order_by("path").specific()
    lines = [
        f"{'  ' * (page.depth - top.depth)}* [{escape(getattr(page, 'short_title', '') or page.title)}]"
        f"(<{export.files[page.pk]}>)"
        for page in rows.iterator(chunk_size=BATCH)
    ]
    return "# Table of contents\n\n" + "\n".join(lines) + "\n"


def page_text(export: Export, page: Any) -> str:
    names = RelativeNames(export, page.pk)
    text = Markdown(names.link_to, names.file_of, to_read_back=True).text(content(page))
    summary = str(getattr(page, "summary", "") or getattr(page, "lead", "") or getattr(page, "description", ""))
    head = f"---\ndescription: {json.dumps(summary, ensure_ascii=False)}\n---\n\n" if summary else ""
    title = f"{page.reference} {page.title}" if getattr(page, "reference", "") else page.title
    return f"{head}# {escape(title)}\n" + (f"\n{text}\n" if text else "")


def content(page: Any) -> list[Block]:
    """Without its summary, which is a setting at the head of the file."""
    if isinstance(page, ThreatPage):
        return risks(page)
    if isinstance(page, ProfilePage):
        return profile(page, Reader(page.locale.language_code))
    if isinstance(page, RecommendationPage | ControlPage | LibraryEntryPage) or not is_ours(page):
        return own_blocks(page)
    return stored(getattr(page, "body", []))


class RelativeNames:
    def __init__(self, export: Export, pk: int) -> None:
        self.export = export
        self.folder = posixpath.dirname(export.files[pk])

    def relative(self, name: str) -> str:
        return posixpath.relpath(name, self.folder or ".")

    def link_to(self, kind: str, name: str, anchor: str) -> str:
        if kind == "page" and name.isdecimal():
            return self.to_page(int(name), anchor)
        if kind == "statement":
            return absolute(permanent_url(name, self.export.language))
        if kind == "document":
            return self.file_of("document", int(name)) if name.isdecimal() else ""
        if not kind and name.startswith("#h-"):
            return f"#{name[3:]}"
        return "" if kind else absolute(name)

    def to_page(self, pk: int, anchor: str) -> str:
        end = f"#{anchor.removeprefix('h-')}" if anchor else ""
        if pk in self.export.files:
            return self.relative(self.export.files[pk]) + end
        page = public(Page.objects.filter(pk=pk)).first()
        return absolute(page_url(page.specific, self.export.language)) + end if page else ""

    def file_of(self, kind: str, pk: int) -> str:
        key = (kind, pk)
        if key not in self.export.assets:
            model = get_image_model() if kind == "image" else get_document_model()
            row = model._default_manager.filter(pk=pk).first()
            name = posixpath.basename(row.file.name) if row else ""
            if f"{ASSETS}/{name}" in self.export.assets.values():  # a picture and a file may have one name
                name = f"{kind}-{pk}-{name}"
            self.export.assets[key] = f"{ASSETS}/{name}" if name else ""
        name = self.export.assets[key]
        return self.relative(name) if name else ""


def copy_assets(export: Export) -> None:
    for (kind, pk), name in sorted(export.assets.items()):
        model = get_image_model() if kind == "image" else get_document_model()
        row = model._default_manager.filter(pk=pk).first()
        if row is None or not name or not row.file.storage.exists(row.file.name):
            export.notes.append(f"{kind} {pk} is gone")
            continue
        with row.file.open("rb") as file:
            write(export.folder / name, file.read())


def write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
