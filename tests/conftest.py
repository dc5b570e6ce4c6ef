"""Shared by all suites. `content` is the real content, loaded once a session in three languages.

French is complete; Arabic stands for a language that is translated in part.

Tests that ask for it run after those that don't, so that these find an empty site.
"""

import gc
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties

from dfs_pages.importers.content import FOLDER, load_content
from tests.migrated import MigratedFile, MigratedTemplate
from tests.prepared import one_at_a_time, shared_folder

# How fast the machine is says nothing about a property; what a test prepares may serve all its examples.
properties.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
properties.load_profile("suite")


def pytest_sessionstart(session):
    """Once, before the workers start: a clean clone holds the translations as text only."""
    if not hasattr(session.config, "workerinput"):
        call_command("compile_translations")


def pytest_collection_finish(session):
    """What is loaded by now stays: looking through it for garbage again and again took a fifth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def is_transactional(item):
    marker = item.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or not {"transactional_db", "live_server"}.isdisjoint(getattr(item, "fixturenames", ()))


def stage(item):
    """Journeys start first, being the longest of all; transactional tests come last, as they empty the database."""
    if item.get_closest_marker("journey"):
        return 0
    if is_transactional(item):
        return 3
    return 2 if "content" in getattr(item, "fixturenames", ()) else 1


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Marks before the selection, sorts after whatever else has changed the order."""
    for item in items:
        if "content" in getattr(item, "fixturenames", ()):
            item.add_marker("content")
    result = yield
    items.sort(key=stage)
    return result


@pytest.fixture(scope="session")
def migrated(django_db_modify_db_settings_parallel_suffix):
    found = MigratedFile() if connection.vendor == "sqlite" else MigratedTemplate()
    yield found
    found.close()


@pytest.fixture(scope="session")
def ready_to_migrate(migrated, tmp_path_factory, django_db_blocker):
    """Copied, or else with the lock in hand that makes the other processes wait until this one has migrated."""
    waiting = ExitStack()
    waiting.enter_context(one_at_a_time(shared_folder(tmp_path_factory) / "migrated.lock"))
    with django_db_blocker.unblock():
        if migrated.exists():
            waiting.close()
            migrated.copy()
    yield waiting
    waiting.close()


@pytest.fixture(scope="session")
def django_db_setup(migrated, ready_to_migrate, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), ready_to_migrate:
        if not migrated.exists():
            migrated.keep()


PARTLY_TRANSLATED = ("pages.po", "sim-swap.po")


@pytest.fixture(scope="session")
def content_folder(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("content")
    for file in FOLDER.glob("*.yaml"):
        (folder / file.name).symlink_to(file)
    (folder / "translations" / "ar").mkdir(parents=True)
    (folder / "translations" / "fr").symlink_to(FOLDER / "translations" / "fr")
    for name in PARTLY_TRANSLATED:
        (folder / "translations" / "ar" / name).symlink_to(FOLDER / "translations" / "ar" / name)
    return folder


@pytest.fixture(scope="session")
def loaded_content(django_db_setup, django_db_blocker, content_folder):
    with django_db_blocker.unblock():
        return load_content(folder=content_folder, languages=["fr", "ar"])


@pytest.fixture
def content(loaded_content, db):
    """The report of the load."""
    return loaded_content


@pytest.fixture(autouse=True)
def no_kept_answers():
    """Each test is rolled back, and with it the version that tells kept answers apart."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def source_language():
    """A request leaves the language of its reader behind in this thread."""
    translation.activate(settings.LANGUAGE_CODE)
