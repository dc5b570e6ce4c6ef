from dfs_pages.models.book_import import BookImport
from dfs_pages.models.booklet_file import BookletFile
from dfs_pages.models.broken_link import BrokenLink
from dfs_pages.models.catalogue import CataloguePage, CatalogueTerm
from dfs_pages.models.chapter import ChapterPage
from dfs_pages.models.control import ControlPage
from dfs_pages.models.glossary import GlossaryTerm
from dfs_pages.models.home import HomePage
from dfs_pages.models.index_page import IndexPage
from dfs_pages.models.library import LibraryEntryPage, LibraryPage
from dfs_pages.models.mapping import Confidence, ControlMapping, Item, Relation
from dfs_pages.models.old_address import OldAddress
from dfs_pages.models.opinion import Opinion
from dfs_pages.models.plain import PlainPage
from dfs_pages.models.profile import ProfilePage
from dfs_pages.models.recommendation import RecommendationPage
from dfs_pages.models.search import MissedSearch, SearchEntry, SearchWord
from dfs_pages.models.threat import ThreatPage

__all__ = [
    "BookImport",
    "BookletFile",
    "BrokenLink",
    "CataloguePage",
    "CatalogueTerm",
    "ChapterPage",
    "Confidence",
    "ControlMapping",
    "ControlPage",
    "GlossaryTerm",
    "HomePage",
    "IndexPage",
    "Item",
    "LibraryEntryPage",
    "LibraryPage",
    "MissedSearch",
    "OldAddress",
    "Opinion",
    "PlainPage",
    "ProfilePage",
    "RecommendationPage",
    "Relation",
    "SearchEntry",
    "SearchWord",
    "ThreatPage",
]
