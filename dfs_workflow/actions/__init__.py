"""Every change of state of this app. Views, commands, hooks and APIs call exactly one of these."""

from dfs_workflow.actions.adoptions import approve_adoption, record_adoption, withdraw_adoption
from dfs_workflow.actions.applying import apply_proposal
from dfs_workflow.actions.bundles import ask_change, close_bundle, decide_bundle, rehearse_bundle, submit_bundle
from dfs_workflow.actions.charter import accept_charter, publish_charter, set_rules
from dfs_workflow.actions.comments import (
    decide_comment,
    edit_comment,
    take_back_comment,
    write_comment,
)
from dfs_workflow.actions.consultation_reminders import remind_of_consultations
from dfs_workflow.actions.consultations import (
    answer_consultation,
    close_consultation,
    open_consultation,
    place_answer,
    take_back_answer,
)
from dfs_workflow.actions.dispositions import dispose
from dfs_workflow.actions.editions import discard_edition, freeze_edition, propose_edition
from dfs_workflow.actions.fact_checks import answer_fact_check, ask_expert, open_fact_check
from dfs_workflow.actions.flags import flag_comment
from dfs_workflow.actions.history import record, seal_history
from dfs_workflow.actions.incoming import NobodyHere, receive_mail
from dfs_workflow.actions.joining import (
    accept_invitation,
    admit,
    ask_to_join,
    decline,
    invite,
    verify_address,
    withdraw_invitation,
)
from dfs_workflow.actions.languages import UnknownLanguage, add_language, keep_in_step
from dfs_workflow.actions.mails import resume_mails, send_again, set_mail_choice, unsubscribe
from dfs_workflow.actions.membership import (
    add_membership,
    confirm_membership,
    end_membership,
    review_memberships,
    set_consents,
    set_focal_point,
    verify_domain,
)
from dfs_workflow.actions.overrides import agree_to_override, object_to_override, publish_in_emergency
from dfs_workflow.actions.personal import apply_retention, erase_person
from dfs_workflow.actions.proposals import (
    add_remark,
    collect,
    decide_proposal,
    discard_proposal,
    propose,
    submit_proposal,
    take_on,
)
from dfs_workflow.actions.public_reasons import give_public_reason, keep_public_reason
from dfs_workflow.actions.publication import bump, publish_reviewed_revision
from dfs_workflow.actions.reminders import remind_reviewers, report_overrides, set_absence
from dfs_workflow.actions.roles import extend_to_language, require_legal_sign_off, set_up_review, set_up_roles
from dfs_workflow.actions.slugs import follow_slug, leave_redirects
from dfs_workflow.actions.taking_back import take_back_schedule, withdraw_translations
from dfs_workflow.actions.translations import publish_translation, require_checked, save_translation_as_draft
from dfs_workflow.actions.votes import note_void_votes

__all__ = [
    "approve_adoption",
    "record_adoption",
    "withdraw_adoption",
    "agree_to_override",
    "answer_fact_check",
    "ask_expert",
    "object_to_override",
    "open_fact_check",
    "publish_in_emergency",
    "remind_of_consultations",
    "remind_reviewers",
    "report_overrides",
    "set_absence",
    "UnknownLanguage",
    "give_public_reason",
    "keep_in_step",
    "keep_public_reason",
    "follow_slug",
    "leave_redirects",
    "apply_retention",
    "erase_person",
    "accept_charter",
    "accept_invitation",
    "add_language",
    "add_membership",
    "admit",
    "ask_change",
    "ask_to_join",
    "bump",
    "close_bundle",
    "note_void_votes",
    "confirm_membership",
    "decide_bundle",
    "decline",
    "answer_consultation",
    "close_consultation",
    "dispose",
    "open_consultation",
    "place_answer",
    "take_back_answer",
    "decide_comment",
    "discard_edition",
    "edit_comment",
    "flag_comment",
    "take_back_comment",
    "write_comment",
    "end_membership",
    "NobodyHere",
    "receive_mail",
    "resume_mails",
    "send_again",
    "set_mail_choice",
    "unsubscribe",
    "extend_to_language",
    "freeze_edition",
    "invite",
    "propose_edition",
    "publish_charter",
    "publish_reviewed_revision",
    "publish_translation",
    "record",
    "rehearse_bundle",
    "require_legal_sign_off",
    "review_memberships",
    "require_checked",
    "save_translation_as_draft",
    "seal_history",
    "set_consents",
    "set_focal_point",
    "set_rules",
    "set_up_review",
    "set_up_roles",
    "submit_bundle",
    "take_back_schedule",
    "withdraw_translations",
    "verify_address",
    "verify_domain",
    "withdraw_invitation",
    "add_remark",
    "apply_proposal",
    "collect",
    "decide_proposal",
    "discard_proposal",
    "propose",
    "submit_proposal",
    "take_on",
]
