"""Work in the background without anything to set up: each task in a process of its own, beside this one."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from typing import Any

from django.conf import settings
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task
from django_tasks.utils import get_random_id, normalize_json

logger = logging.getLogger(__name__)


class ProcessBackend(BaseTaskBackend):
    """Starts `manage.py run_task` for each task.

    Not a thread: reading pages would hold up the requests of a web worker, and a worker is replaced every few
    thousand requests. Nothing queues here and no result is kept, so it is for tasks whose work stands in the
    database, as our jobs do.
    """

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Start the task and return at once; a process that cannot be started is logged."""
        self.validate_task(task)
        words = json.dumps(normalize_json([list(args), kwargs]))
        self._start(task.name, task.module_path, words)
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

    @staticmethod
    def _start(name: str, path: str, words: str) -> None:
        command = [sys.executable, str(settings.ROOT / "manage.py"), "run_task", path, words]
        try:
            process = subprocess.Popen(  # noqa: S603  # our own command
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
            )
        except OSError:
            logger.exception("No process could be started for the jobs; run `manage.py run_jobs`.")
            return
        # Waiting for it is what lets the system forget it when it ends.
        threading.Thread(target=process.wait, name=f"wait for {name}", daemon=True).start()
