"""Reads for every surface: pages, builder, API and commands ask these functions."""

from __future__ import annotations

from django.conf import settings

from dfs_mou.models import ClausePage, QuestionGroupPage


def variable_choices() -> list[tuple[str, str]]:
    """Key and label of every question, for the editor's list of chips."""
    groups = QuestionGroupPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")
    return [(block.value["name"], block.value["label"]) for group in groups for block in group.variables]


def clause_choices() -> list[tuple[str, str]]:
    """Key and title of every clause and annex; only whole ones can be referred to."""
    pages = ClausePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")
    return list(pages.values_list("key", "title"))
