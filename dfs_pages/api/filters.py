"""Filters ask the source language: codes, references and places are the same in all."""

import json
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from dfs_pages.api import known
from dfs_pages.api.schemas import ControlQuery, RecommendationQuery, ThreatQuery
from dfs_pages.models import CataloguePage, ChapterPage, ControlPage, RecommendationPage, ThreatPage
from dfs_pages.query import Reader, source_language
from dfs_workflow.query import at_or_below

NOT_THERE = {
    "chapter": "there is no such chapter or section; see /pages/tree",
    "catalogue": "there is no such catalogue; see /catalogues",
    "threat": "there is no such threat or family; see /threats",
}


def in_source(model: type[Any], reader: Reader) -> QuerySet[Any]:
    return reader.public(model.objects.filter(locale__language_code=source_language())).order_by("path")


def below(queryset: QuerySet[Any], name: str, tops: QuerySet[Any]) -> QuerySet[Any]:
    """What stands below one of the pages that the filter of this name chooses."""
    paths = list(tops.values_list("path", flat=True))
    if not paths:
        raise known.wrong(name, NOT_THERE[name])
    places = Q()
    for path in paths:
        places |= at_or_below(path)
    return queryset.filter(places)


def catalogues(reader: Reader) -> QuerySet[CataloguePage]:
    return in_source(CataloguePage, reader)


def recommendations(query: RecommendationQuery, reader: Reader) -> QuerySet[RecommendationPage]:
    found = in_source(RecommendationPage, reader)
    if query.chapter is not None:
        found = below(found, "chapter", in_source(ChapterPage, reader).filter(slug=query.chapter))
    if query.audience is not None:
        known.require_audience(query.audience, in_source(RecommendationPage, reader))
        found = found.filter(audiences__has_code=query.audience)
    if query.threat is not None:
        found = found.annotate(threat_text=Cast("threats", TextField())).filter(has_threat(query.threat))
    if query.reference is not None:
        found = found.filter(reference=query.reference)
    return found


def has_threat(words: str) -> Q:
    """In the stored JSON; one database keeps what isn't ASCII as it is, the other escapes it."""
    spellings = {json.dumps(words, ensure_ascii=ascii_only) for ascii_only in (True, False)}
    condition = Q()
    for spelling in spellings:
        condition |= Q(threat_text__icontains=f'"value": {spelling}')
    return condition


def controls(query: ControlQuery, reader: Reader) -> QuerySet[ControlPage]:
    found = in_source(ControlPage, reader)
    if query.catalogue is not None:
        found = below(found, "catalogue", catalogues(reader).filter(slug=query.catalogue))
    if query.threat is not None:
        found = below(found, "threat", in_source(ThreatPage, reader).filter(reference=query.threat))
    if query.stakeholder is not None:
        known.require_stakeholder(query.stakeholder, in_source(ControlPage, reader), catalogues(reader))
        found = found.filter(stakeholders__has_code=query.stakeholder)
    if query.dimension is not None:
        known.require_dimension(query.dimension, in_source(ControlPage, reader), catalogues(reader))
        found = found.filter(dimensions__has_code=query.dimension)
    if query.reference is not None:
        found = found.filter(reference=query.reference)
    return found


def threats(query: ThreatQuery, reader: Reader) -> QuerySet[ThreatPage]:
    found = in_source(ThreatPage, reader)
    if query.catalogue is not None:
        found = below(found, "catalogue", catalogues(reader).filter(slug=query.catalogue))
    if query.reference is not None:
        found = found.filter(reference=query.reference)
    return found
