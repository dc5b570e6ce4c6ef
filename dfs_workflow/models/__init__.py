from dfs_workflow.models.authorship import authors
from dfs_workflow.models.bundle import Bundle, BundleItem, open_bundle
from dfs_workflow.models.content_version import ContentVersion
from dfs_workflow.models.decision import Decision
from dfs_workflow.models.fallback import FallbackRouteMixin
from dfs_workflow.models.gated import Gated, is_governed
from dfs_workflow.models.manifest import TranslationManifest
from dfs_workflow.models.organisation import Organisation, OrganisationCountry
from dfs_workflow.models.reference import PermanentReference, Referenced
from dfs_workflow.models.refusal import PublicationRefused
from dfs_workflow.models.task import FourEyesTask

__all__ = [
    "Bundle",
    "BundleItem",
    "ContentVersion",
    "Decision",
    "FallbackRouteMixin",
    "FourEyesTask",
    "Gated",
    "Organisation",
    "OrganisationCountry",
    "PermanentReference",
    "PublicationRefused",
    "Referenced",
    "TranslationManifest",
    "authors",
    "is_governed",
    "open_bundle",
]
