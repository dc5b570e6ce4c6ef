"""A small governed tree beside a foreign page, and people with different rights."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, Site

from dfs_workflow.gate import system_publication
from dfs_workflow.importers.tree import create_pages
from tests.dfs_workflow.translating import live_translation
from tests.testapp.models import ForeignPage, GovernedHome, GovernedPage, GovernedStatement

PASSWORD = "only-for-these-tests-1"


def person(name, **rights):
    return get_user_model().objects.create_user(name, f"{name}@example.org", PASSWORD, **rights)


def live_pages(parent, *specs):
    with system_publication(reason="Set up for a test"):
        return create_pages(parent, list(specs))


@pytest.fixture
def english(db):
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def home(english):
    (page,) = live_pages(Page.get_first_root_node(), (GovernedHome(title="Home", slug="governed", locale=english), []))
    Site.objects.update(root_page=page)
    Site.clear_site_root_paths_cache()
    return page


@pytest.fixture
def chapter(home):
    statements = [
        (GovernedStatement(title=f"Statement {n}", slug=f"s{n}", reference=f"TST-{n}", text="Old words"), [])
        for n in range(1, 4)
    ]
    return live_pages(home, (GovernedPage(title="Chapter", slug="chapter", text="Intro"), statements))[0]


@pytest.fixture
def statement(chapter):
    return GovernedStatement.objects.child_of(chapter).first()


@pytest.fixture
def foreign(home):
    page = home.add_child(instance=ForeignPage(title="Foreign", slug="foreign", text="Old words"))
    page.save_revision().publish()
    return page


@pytest.fixture
def root_user(db):
    return person("root", is_staff=True, is_superuser=True)


@pytest.fixture
def second(db):
    return person("second", is_staff=True, is_superuser=True)


def in_group(user, *names):
    user.groups.add(*Group.objects.filter(name__in=names))
    return get_user_model().objects.get(pk=user.pk)


@pytest.fixture
def roles(chapter):
    call_command("set_up_platform", stdout=StringIO())


@pytest.fixture
def editor(roles):
    return in_group(person("editor"), "Editors")


@pytest.fixture
def reviewer(roles):
    return in_group(person("reviewer"), "Reviewers")


@pytest.fixture
def moderator(roles):
    return in_group(person("moderator"), "Moderators")


@pytest.fixture
def second_moderator(roles):
    return in_group(person("moderator2"), "Moderators")


@pytest.fixture
def translator(roles):
    return in_group(person("translator"), "Translators")


def as_user(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def rules(home):
    from tests.dfs_workflow.proposing import BODY

    page = GovernedPage(title="Rules", slug="rules", text="Intro")
    page.body = page.body.stream_block.to_python(BODY)
    return live_pages(home, (page, []))[0]


@pytest.fixture
def awa(roles):
    from tests.dfs_workflow.people import member, organisation

    return member("awa", organisation())


@pytest.fixture
def awa_client(awa):
    return as_user(awa)


@pytest.fixture
def translation(chapter, roles, root_user):
    """The first page in French; with it the language gets its home, its review and its rights."""
    return live_translation(chapter, root_user, "Ancien texte")
