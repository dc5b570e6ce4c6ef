"""A long write of somebody else: nobody gets an error that means nothing, and the worker goes on afterwards."""

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import RequestFactory

from dfs_site.busy import BusyDatabaseMiddleware
from dfs_site.management.commands import worker


def test_a_locked_database_is_said_and_nothing_else_is_hidden() -> None:
    middleware = BusyDatabaseMiddleware(lambda request: None)
    request = RequestFactory().post("/en/account/")
    answer = middleware.process_exception(request, OperationalError("database is locked"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "nothing you sent was saved" in answer.content.decode()
    assert middleware.process_exception(request, OperationalError("no such table: x")) is None


def test_the_worker_goes_on_after_a_long_write_and_ends_when_it_is_asked_to(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    answers = iter([OperationalError("database is locked"), OperationalError("database is locked"), None])
    asked = []

    def work(*arguments: object, **options: object) -> None:
        asked.append((arguments, options["reload"]))
        if answer := next(answers):
            raise answer

    monkeypatch.setattr(worker, "call_command", work)
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0)
    call_command("worker")
    assert asked == [(("db_worker",), False)] * 3


def test_another_error_of_the_database_ends_the_worker(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def work(*arguments: object, **options: object) -> None:
        raise OperationalError("no such table: x")

    monkeypatch.setattr(worker, "call_command", work)
    with pytest.raises(OperationalError, match="no such table"):
        call_command("worker")
