"""Settings of this app, all optional: `DFS_WORKFLOW_*`."""

from datetime import timedelta

from django.conf import settings


def source_language() -> str:
    """The language that texts are written in before they are translated."""
    return str(getattr(settings, "DFS_WORKFLOW_SOURCE_LANGUAGE", settings.LANGUAGE_CODE))


def reading_order(language: str) -> list[str]:
    """The languages in which a reader is shown a text, the best first; the source comes last."""
    chain = getattr(settings, "DFS_WORKFLOW_FALLBACKS", {}).get(language, [])
    return list(dict.fromkeys([language, *chain, source_language()]))


def interface_language(language: str) -> str:
    """The one in which a reader gets menus and labels: the source's where there is no finished catalogue."""
    finished = getattr(settings, "DFS_WORKFLOW_INTERFACE_LANGUAGES", None)
    return language if finished is None or language in finished else source_language()


def client_address_header() -> str:
    """Which header of the request names the visitor; a proxy in front may set another one."""
    return str(getattr(settings, "DFS_WORKFLOW_CLIENT_ADDRESS_HEADER", "REMOTE_ADDR"))


def requests_per_hour() -> int:
    """How often one address of the network may send a form that mails or signs somebody in."""
    return int(getattr(settings, "DFS_WORKFLOW_REQUESTS_PER_HOUR", 20))


def invitation_days() -> int:
    return int(getattr(settings, "DFS_WORKFLOW_INVITATION_DAYS", 14))


def comments_per_hour() -> int:
    """How many one account may write, from wherever."""
    return int(getattr(settings, "DFS_WORKFLOW_COMMENTS_PER_HOUR", 20))


def flags_that_hide() -> int:
    """How many comments one member can hide by flagging until a moderator has looked at them."""
    return int(getattr(settings, "DFS_WORKFLOW_FLAGS_THAT_HIDE", 3))


def comment_edit_minutes() -> int:
    return int(getattr(settings, "DFS_WORKFLOW_COMMENT_EDIT_MINUTES", 15))


def consultation_weeks(*, second_round: bool) -> int:
    """As a first and a second round at ITU-T last."""
    weeks = getattr(settings, "DFS_WORKFLOW_CONSULTATION_WEEKS", (4, 3))
    return int(weeks[1] if second_round else weeks[0])


def reply_address() -> str:
    """Where answers to mails arrive, such as reply@dfs.example; empty where no mail server passes them on."""
    return str(getattr(settings, "DFS_WORKFLOW_REPLY_ADDRESS", ""))


def bounce_address() -> str:
    """Where mails come back that can't be delivered, such as bounce@dfs.example; empty: to the sender as before."""
    return str(getattr(settings, "DFS_WORKFLOW_BOUNCE_ADDRESS", ""))


def reply_days() -> int:
    """How long a mail can be answered."""
    return int(getattr(settings, "DFS_WORKFLOW_REPLY_DAYS", 60))


def most_bounces() -> int:
    """After so many mails that came back for good an address is left in peace."""
    return int(getattr(settings, "DFS_WORKFLOW_MOST_BOUNCES", 3))


RETENTION_DAYS = {
    "unverified_requests": 7,
    "decided_requests": 180,
    "closed_invitations": 90,
    "ended_memberships": 730,
    "mails": 60,
    "fact_checks": 730,
}


def retention(what: str) -> timedelta:
    """How long something about a person is kept after it has served its purpose."""
    days = {**RETENTION_DAYS, **getattr(settings, "DFS_WORKFLOW_RETENTION_DAYS", {})}
    return timedelta(days=days[what])


def after_joining() -> str:
    """Name of the address where new members go on, such as that of the second factor."""
    return str(getattr(settings, "DFS_WORKFLOW_AFTER_JOINING", ""))


def personal_data() -> list[str]:
    """Where else something about a person is kept: names of modules with `export(user)` and `erase(user)`."""
    return list(getattr(settings, "DFS_WORKFLOW_PERSONAL_DATA", []))
