from dfs_mou.models.agreement import Agreement, AgreementParty, AgreementVersion, DeletedAgreement
from dfs_mou.models.clause_page import ClausePage
from dfs_mou.models.conclusion import Conclusion, SignedCopy
from dfs_mou.models.file_pack import FilePack
from dfs_mou.models.group_page import QuestionGroupPage
from dfs_mou.models.house_style import HouseStyle
from dfs_mou.models.proposal import ClauseProposal
from dfs_mou.models.template_edition import ImmutableError, TemplateEdition
from dfs_mou.models.template_page import MouTemplatePage

__all__ = [
    "Agreement",
    "AgreementParty",
    "AgreementVersion",
    "ClausePage",
    "ClauseProposal",
    "Conclusion",
    "DeletedAgreement",
    "FilePack",
    "HouseStyle",
    "ImmutableError",
    "MouTemplatePage",
    "QuestionGroupPage",
    "SignedCopy",
    "TemplateEdition",
]
