"""Tests: a throwaway data directory with its own database and index, and quick password hashing."""

import atexit
import shutil
import tempfile
from pathlib import Path

from archive.settings.base import *
from archive.settings.search import haystack_connections

DATA_DIR = Path(tempfile.mkdtemp(prefix="dateline-test-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
SECRET_KEY = "only-for-tests"  # noqa: S105  # protects nothing
DEBUG = False
DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
HAYSTACK_CONNECTIONS = haystack_connections("whoosh://index", data_dir=DATA_DIR)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()  # whitenoise warns of a folder that is not there
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
