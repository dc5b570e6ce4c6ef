"""The demo as a person meets it: its own database with the real content, its own server, Debian's Chromium."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.demo import ROOT, environment, first_run, free_port, wait_until_up
from tests.prepared import once

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
FLAGS += ["--disable-component-update", "--disable-quic", "--force-color-profile=srgb"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/journeys/" in str(item.path):
            item.add_marker(pytest.mark.journey)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium: set CHROMIUM or install Debian's"))


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this process as the first run of the demo leaves it."""
    prepared = once(tmp_path_factory, "demo", first_run)
    return Path(shutil.copytree(prepared / "var", tmp_path_factory.mktemp("demo") / "var"))


@pytest.fixture(scope="session")
def start_server(demo_folder: Path) -> Iterator[Callable[[], str]]:
    """Starts one more web process on the same data and gives its address."""
    processes: list[subprocess.Popen[str]] = []

    def start() -> str:
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "dfs_site.wsgi", "--bind", f"127.0.0.1:{port}"]
        process = subprocess.Popen(
            [*command, "--threads", "4", "--log-level", "error"],
            env=environment(demo_folder, port),
            cwd=ROOT,
            text=True,
        )
        processes.append(process)
        address = f"http://127.0.0.1:{port}"
        wait_until_up(f"{address}/health/", process, 60)
        return address

    yield start
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def site(start_server: Callable[[], str]) -> str:
    """The address of the running demo."""
    return start_server()


@pytest.fixture
def background_work(demo_folder: Path) -> Callable[[], None]:
    """Does what the worker of the demo has been given to do, and waits for it."""

    def work() -> None:
        command = [sys.executable, str(ROOT / "manage.py"), "db_worker", "--batch", "--no-startup-delay"]
        subprocess.run(command, env=environment(demo_folder, 8000), check=True, capture_output=True, timeout=120)

    return work


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, paused while tests run; Django would refuse its database to all
    # tests of this process that come later.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A reader at a desk; `page.problems` collects what the browser complains about."""
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


@pytest.fixture
def sign_in(browser: Browser, site: str) -> Iterator[Callable[[str], Page]]:
    """A signed-in page for a role of the demo, each in a browser context of its own."""
    contexts = []

    def open_as(username: str) -> Page:
        context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 1000})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto("/admin/login/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", f"demo-{username}-1")
        page.click("main form[action*='login'] button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    yield open_as
    for context in contexts:
        context.close()
