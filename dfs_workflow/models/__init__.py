from dfs_workflow.models.absence import Absence
from dfs_workflow.models.adoption import Adoption
from dfs_workflow.models.authorship import authors
from dfs_workflow.models.bundle import Bundle, BundleItem, open_bundle
from dfs_workflow.models.capability import BY_KIND, BY_OFFICE, DEFAULTS, KINDS, Capability, KindRule
from dfs_workflow.models.charter import Charter, CharterAcceptance
from dfs_workflow.models.consultation import (
    Consultation,
    ConsultationAnswer,
    ConsultationClause,
    ConsultationRefused,
    Disposition,
)
from dfs_workflow.models.content_version import ContentVersion
from dfs_workflow.models.decision import Decision
from dfs_workflow.models.edition import Edition, EditionFile, EditionItem, Snapshot
from dfs_workflow.models.fact_check import FactCheck
from dfs_workflow.models.fallback import FallbackRouteMixin
from dfs_workflow.models.gated import Gated, is_governed, page_link
from dfs_workflow.models.history import HistoryEntry, HistoryHead, HistoryPerson
from dfs_workflow.models.joining import Invitation, JoinRequest
from dfs_workflow.models.mail import DigestWindow, MailAddress, MailChoice, OutgoingMail
from dfs_workflow.models.membership import MOST_FOCAL_POINTS, Membership, OrganisationDomain, name_of
from dfs_workflow.models.one_person import why_not_second
from dfs_workflow.models.organisation import Organisation, OrganisationCountry
from dfs_workflow.models.override import Override
from dfs_workflow.models.people_refusal import PeopleRefused
from dfs_workflow.models.proposal import Proposal, ProposalCounter, ProposalItem, ProposalRefused, ProposalRemark
from dfs_workflow.models.public_reason import PublicReason
from dfs_workflow.models.reader_comment import ReaderComment
from dfs_workflow.models.reference import PermanentReference, Referenced
from dfs_workflow.models.refusal import PublicationRefused
from dfs_workflow.models.reminder import ReviewReminder
from dfs_workflow.models.task import (
    OUR_TASKS,
    DecidedByOthers,
    FactCheckTask,
    FourEyesTask,
    LegalSignOffTask,
    QuorumTask,
)
from dfs_workflow.models.vote import Vote

__all__ = [
    "Adoption",
    "BY_KIND",
    "BY_OFFICE",
    "DEFAULTS",
    "KINDS",
    "MOST_FOCAL_POINTS",
    "OUR_TASKS",
    "Absence",
    "Capability",
    "DecidedByOthers",
    "FactCheck",
    "FactCheckTask",
    "LegalSignOffTask",
    "Override",
    "QuorumTask",
    "ReviewReminder",
    "Vote",
    "Charter",
    "DigestWindow",
    "MailAddress",
    "MailChoice",
    "OutgoingMail",
    "CharterAcceptance",
    "HistoryEntry",
    "HistoryHead",
    "HistoryPerson",
    "Invitation",
    "JoinRequest",
    "KindRule",
    "Membership",
    "OrganisationDomain",
    "name_of",
    "Bundle",
    "BundleItem",
    "Consultation",
    "ConsultationAnswer",
    "ConsultationClause",
    "ConsultationRefused",
    "ContentVersion",
    "Disposition",
    "Decision",
    "FallbackRouteMixin",
    "FourEyesTask",
    "Gated",
    "Organisation",
    "OrganisationCountry",
    "PeopleRefused",
    "PermanentReference",
    "PublicReason",
    "PublicationRefused",
    "ReaderComment",
    "Referenced",
    "authors",
    "is_governed",
    "page_link",
    "why_not_second",
    "open_bundle",
    "Edition",
    "EditionFile",
    "EditionItem",
    "Snapshot",
    "Proposal",
    "ProposalCounter",
    "ProposalItem",
    "ProposalRefused",
    "ProposalRemark",
]
