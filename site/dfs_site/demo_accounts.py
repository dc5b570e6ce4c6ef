"""The accounts of the demo: one for each role, but two stewards. Their passwords are refused unless `DEMO` is set."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoAccount:
    username: str
    name: tuple[str, str]
    group: str
    password: str
    organisation: str  # by its key in the directory; empty for people of the platform itself

    @property
    def email(self) -> str:
        return f"{self.username}@demo.invalid"


ACCOUNTS = (
    DemoAccount("contributor", ("Awa", "Contributor"), "Contributors", "demo-contributor-1", "telecom-regulator-sn"),
    DemoAccount("editor", ("Elena", "Editor"), "Editors", "demo-editor-1", "telecom-regulator-gh"),
    DemoAccount("translator", ("Tarek", "Translator"), "Translators", "demo-translator-1", "telecom-regulator-tn"),
    DemoAccount("reviewer", ("Rui", "Reviewer"), "Reviewers", "demo-reviewer-1", "telecom-regulator-mz"),
    DemoAccount("moderator", ("Mina", "Moderator"), "Moderators", "demo-moderator-1", "telecom-regulator-ke"),
    DemoAccount("drafter", ("Dipo", "Drafter"), "MOU drafters", "demo-drafter-1", "telecom-regulator-ng"),
    DemoAccount("steward", ("Sofia", "Steward"), "Stewards", "demo-steward-1", ""),
    DemoAccount("steward2", ("Sven", "Steward"), "Stewards", "demo-steward2-1", ""),
)

PASSWORDS = frozenset(account.password for account in ACCOUNTS)
