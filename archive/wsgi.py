"""The WSGI entry point: `gunicorn archive.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings.prod")
# As in manage.py: workers share the cores better without threads of the linear algebra library.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

application = get_wsgi_application()

from articles.search.warming import warm  # noqa: E402  # Django is set up by the line above

warm()
