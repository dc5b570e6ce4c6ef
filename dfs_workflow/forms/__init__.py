from dfs_workflow.forms.changes import SNIPPET_FORMS, BundleForm, ChangeForm, DecisionForm, change_form
from dfs_workflow.forms.organisations import OrganisationForm, country_names

__all__ = [
    "SNIPPET_FORMS",
    "BundleForm",
    "ChangeForm",
    "DecisionForm",
    "OrganisationForm",
    "change_form",
    "country_names",
]
