"""The ASGI entry point: for a server that speaks ASGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings.prod")

application = get_asgi_application()

from articles.search.warming import warm  # noqa: E402  # Django is set up by the line above

warm()
