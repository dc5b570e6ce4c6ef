from dfs_workflow.forms.changes import (
    SNIPPET_FORMS,
    BundleForm,
    ChangeForm,
    DecisionForm,
    TranslationForm,
    change_form,
)
from dfs_workflow.forms.organisations import OrganisationForm, country_names
from dfs_workflow.forms.people import (
    AcceptForm,
    AdmitForm,
    ConsentForm,
    ContactForm,
    DomainForm,
    EndForm,
    InviteForm,
    JoinForm,
    PasswordForm,
)
from dfs_workflow.forms.reviews import AbsenceForm, EmergencyForm, ExpertForm, FactCheckForm

__all__ = [
    "AbsenceForm",
    "EmergencyForm",
    "ExpertForm",
    "FactCheckForm",
    "AcceptForm",
    "AdmitForm",
    "ConsentForm",
    "ContactForm",
    "DomainForm",
    "EndForm",
    "InviteForm",
    "JoinForm",
    "PasswordForm",
    "SNIPPET_FORMS",
    "BundleForm",
    "ChangeForm",
    "DecisionForm",
    "OrganisationForm",
    "TranslationForm",
    "change_form",
    "country_names",
]
