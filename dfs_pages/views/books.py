"""Uploading a GitBook book, and seeing how far its import has come; neither needs a script."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from dfs_pages.forms import BookForm
from dfs_pages.importers.gitbook.account import OUTCOMES, Account
from dfs_pages.models import BookImport
from dfs_pages.permissions import can_see_import, places_for_a_book
from dfs_workflow.counts import Count

MOST_NOTES = 500


def upload_book(request: HttpRequest) -> HttpResponse:
    parents = places_for_a_book(request.user)
    if not parents:
        raise PermissionDenied
    form = BookForm(request.POST or None, request.FILES or None, parents=parents)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        name = slugify(file.name.rsplit(".", 1)[0], allow_unicode=True)[:100] or "book"
        row = BookImport.objects.create(
            name=name,
            file=file.read(),
            parent=form.cleaned_data["parent"],
            dry_run=form.cleaned_data["dry_run"],
            by=request.user,
        )
        return redirect("dfs_pages_book", row.pk)
    latest = BookImport.objects.filter(by=request.user).defer("file", "report")[:10]
    return render(request, "dfs_pages/admin/books.html", {"form": form, "latest": latest})


def book_progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """Nothing reloads by itself: who reads with a screen reader would lose their place."""
    row = get_object_or_404(BookImport.objects.defer("file"), pk=import_id)
    if not can_see_import(request.user, row):
        raise PermissionDenied
    account = Account.from_data(row.report)
    context = {
        "row": row,
        "account": account,
        "outcomes": OUTCOMES.values(),
        "notes": account.rows(MOST_NOTES),
        "more": Count(max(0, len(account.notes) - MOST_NOTES)),
    }
    return render(request, "dfs_pages/admin/book.html", context)


class BooksMenuItem(MenuItem):  # type: ignore[misc]
    def __init__(self) -> None:
        url = reverse_lazy("dfs_pages_books")
        super().__init__(_("Import a book"), url, name="import-a-book", icon_name="download", order=900)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(places_for_a_book(request.user))
