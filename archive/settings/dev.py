"""Working on the code: error pages with detail, static files straight from their folders."""

from archive.settings import environment
from archive.settings.base import *

DEBUG = environment.switch("ARCHIVE_DEBUG", default=True)
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
