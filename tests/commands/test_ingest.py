"""`manage.py ingest`, as a person meets it."""

from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from articles.models import Article, RefusedPage

PAGES = Path(__file__).resolve().parents[2] / "fixtures" / "pages"
SOME = [str(path) for path in sorted(PAGES.glob("0[1-3]_*"))]
pytestmark = pytest.mark.django_db


def ingest(*paths: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("ingest", *paths, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_pages_come_in_once() -> None:
    assert ingest(*SOME)[0] == "3 new, 0 already there, 0 not taken.\n"
    assert ingest(*SOME)[0] == "0 new, 3 already there, 0 not taken.\n"
    assert Article.objects.count() == 3


def test_a_corrupt_file_among_good_ones_is_named_and_the_exit_status_is_1(tmp_path: Path) -> None:
    for path in SOME:
        (tmp_path / Path(path).name).write_bytes(Path(path).read_bytes())
    (tmp_path / "00_corrupt.txt").write_bytes(b"\x00\x01\x02\xff\xfe\xfd" * 50)
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as stopped:
        call_command("ingest", str(tmp_path), stdout=out, stderr=err)
    assert stopped.value.returncode == 1
    assert "3 new, 0 already there, 1 not taken." in out.getvalue()
    assert "00_corrupt.txt" in err.getvalue()
    assert "zero bytes" in err.getvalue()
    assert RefusedPage.objects.get().name.endswith("00_corrupt.txt")


def test_a_path_that_is_not_there_is_refused() -> None:
    with pytest.raises(CommandError, match="1 not taken"):
        ingest("no-such-folder")


def test_the_curators_password_is_shown_once_and_kept_for_its_owner_only() -> None:
    out = StringIO()
    call_command("create_curator", stdout=out)
    kept = settings.DATA_DIR / "curator-password.txt"
    password = kept.read_text().strip()
    assert password in out.getvalue()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    user = authenticate(RequestFactory().post("/sign-in/"), username="curator", password=password)
    assert isinstance(user, User)
    assert user.is_staff
    assert not user.is_superuser
    assert user.has_perm("articles.change_article")
    again = StringIO()
    call_command("create_curator", stdout=again)
    assert again.getvalue() == ""
    assert kept.read_text().strip() == password
