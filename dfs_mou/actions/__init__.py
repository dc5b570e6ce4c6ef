"""Changes of state of the model MOU and of agreements; none of them knows a request."""

from dfs_mou.actions.agreements import (
    Saved,
    adopt_edition,
    delete_agreement,
    delete_expired_agreements,
    duplicate_agreement,
    restore_version,
    save_agreement,
)
from dfs_mou.actions.conclusions import (
    attach_copy,
    conclude,
    consent,
    note_reminded,
    plan_again,
    remove_copy,
    set_reminder,
    take_back,
    withdraw_consent,
)
from dfs_mou.actions.editions import Compiled, compile_edition
from dfs_mou.actions.house_styles import approve_house_style, choose_look, drop_house_style, propose_house_style
from dfs_mou.actions.links import AgreementSealed, NoSuchLink, NotAllowed, content_hash, hash_of, is_sealed
from dfs_mou.actions.organisations import invite_organisation, join_for_organisation, leave_organisation
from dfs_mou.actions.packs import ask_for_pack
from dfs_mou.actions.parties import agree, invite_party, name_party, remove_party, reopen
from dfs_mou.actions.proposals import decide_proposal, propose
from dfs_mou.actions.undo import Undone, undo

__all__ = [
    "AgreementSealed",
    "Compiled",
    "NoSuchLink",
    "NotAllowed",
    "Saved",
    "Undone",
    "adopt_edition",
    "approve_house_style",
    "drop_house_style",
    "propose_house_style",
    "agree",
    "ask_for_pack",
    "attach_copy",
    "choose_look",
    "compile_edition",
    "conclude",
    "consent",
    "content_hash",
    "decide_proposal",
    "delete_agreement",
    "delete_expired_agreements",
    "duplicate_agreement",
    "hash_of",
    "invite_organisation",
    "invite_party",
    "is_sealed",
    "join_for_organisation",
    "leave_organisation",
    "name_party",
    "note_reminded",
    "plan_again",
    "propose",
    "remove_copy",
    "remove_party",
    "reopen",
    "restore_version",
    "save_agreement",
    "set_reminder",
    "take_back",
    "undo",
    "withdraw_consent",
]
