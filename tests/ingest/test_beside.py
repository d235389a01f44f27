"""Work in the background: started once the transaction is committed, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from articles.ingest import beside
from articles.ingest.jobs import new_job, start_runner
from articles.ingest.reclean import Selection
from articles.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect the commands that would be started, in place of starting them on another archive."""
    commands: list[list[str]] = []

    class Process:
        def __init__(self, command: list[str], **_: object) -> None:
            commands.append(command)

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(beside.subprocess, "Popen", Process)
    return commands


def test_the_runner_is_started_when_the_job_is_committed(started: list[list[str]]) -> None:
    with transaction.atomic():
        start_runner()
        assert started == []
    [command] = started
    assert command[0] == sys.executable
    assert Path(command[1]).exists()
    assert command[2:] == ["run_task", "articles.ingest.jobs.work_off", "[[], {}]"]


def test_the_command_it_starts_does_the_work() -> None:
    new_job(Job.Kind.RECLEAN, Selection())
    call_command("run_task", "articles.ingest.jobs.work_off", "[[], {}]")
    assert Job.objects.get().state == Job.State.DONE


def test_what_is_no_task_is_not_run() -> None:
    with pytest.raises(CommandError, match="is no"):
        call_command("run_task", "os.getcwd", json.dumps([[], {}]))


def test_no_process_to_be_had_is_no_error_for_the_person(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("out of processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    start_runner()
    assert "run `manage.py run_jobs`" in caplog.text


def test_a_host_can_have_its_own_worker_and_a_wrong_word_is_told() -> None:
    code = "from django.conf import settings; print(settings.TASKS['default']['BACKEND'])"
    for word, said in (
        ("database", "django_tasks_db.DatabaseBackend"),
        ("besides", "Set it to beside or database"),
    ):
        environment = {**os.environ, "ARCHIVE_TASKS": word, "DJANGO_SETTINGS_MODULE": "archive.settings.test"}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )
        assert said in done.stdout + done.stderr
