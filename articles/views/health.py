"""Whether the archive can work, for whatever watches over it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.search.request import SearchRequest
from articles.search.run import run

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # Django passes it
    """Answer 200 when database and index can be read, 503 when one cannot; why is in the log only."""
    checks = {"database": _reachable("database", _read_database), "index": _reachable("index", _read_index)}
    healthy = all(checks.values())
    words = {name: "ok" if well else "unreachable" for name, well in checks.items()}
    return JsonResponse({"status": "ok" if healthy else "failing", **words}, status=200 if healthy else 503)


def _reachable(name: str, read: Callable[[], object]) -> bool:
    try:
        read()
    except Exception:  # whatever a database driver or an engine raises, the answer is that it cannot be read
        logger.exception("Health check: the %s cannot be read.", name)
        return False
    return True


def _read_database() -> object:
    return Article.objects.order_by().values_list("pk").first()


def _read_index() -> object:
    return run(SearchRequest())
