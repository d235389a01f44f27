"""The pages for bringing pages in: in one piece, in parts, refused, watched, thrown away; for curators alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.ingest.jobs import run_waiting
from articles.models import Article, Job, Upload
from tests.ingest.uploaded_pages import page_text, zip_of

pytestmark = pytest.mark.django_db


def file(name: str, content: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def test_only_curators_bring_pages_in(client: Client) -> None:
    assert client.get(reverse("uploads")).status_code == 302
    client.force_login(User.objects.create_user("reader"))
    assert client.get(reverse("uploads")).status_code == 403
    assert client.post(reverse("upload_begin")).status_code == 403


@pytest.mark.usefixtures("curator")
def test_files_and_text_in_one_piece_are_taken_and_shown(client: Client) -> None:
    sent = {"pages": [file("a.txt", page_text(1)), file("b.png", b"\x89PNG")], "text": page_text(2)}
    response = client.post(reverse("uploads"), sent)
    upload = Upload.objects.get()
    assert response["Location"] == upload.get_absolute_url()
    html = client.get(upload.get_absolute_url()).content.decode()
    assert "waiting for its turn" in html
    assert 'hx-trigger="every 1s"' in html
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in html
    list(run_waiting())
    html = client.get(upload.get_absolute_url()).content.decode()
    assert "2 taken in, 1 not taken" in html
    assert "hx-trigger" not in html
    assert "Files of the kind “.png” are not read." in html
    html = client.get(upload.get_absolute_url() + "?state=new").content.decode()
    assert all(article.get_absolute_url() in html for article in Article.objects.all())
    assert "By lena: a.txt" in html
    assert upload.get_absolute_url() in client.get(reverse("uploads")).content.decode()


@pytest.mark.usefixtures("curator")
def test_a_part_of_the_page_is_enough_for_whoever_watches(client: Client) -> None:
    client.post(reverse("uploads"), {"text": page_text(2)})
    upload = Upload.objects.get()
    address = upload.get_absolute_url()
    asked = client.get(address, headers={"HX-Request": "true"})
    assert asked.text.startswith('<p id="how-far" hx-get')
    assert "HX-Retarget" not in asked.headers
    assert "every 1s" not in client.get(f"{address}?still=1").text
    list(run_waiting())
    over = client.get(address, headers={"HX-Request": "true"})
    assert over["HX-Retarget"] == "#came-in"
    assert over.text.startswith('<div id="came-in">')
    assert "every 1s" not in over.text


@pytest.mark.usefixtures("curator")
def test_a_script_sends_in_parts_with_the_paths_that_browsers_leave_out(client: Client) -> None:
    places = client.post(reverse("upload_begin")).json()
    empty = client.get(Upload.objects.get().get_absolute_url()).text
    assert "Nothing had arrived by then; send it again." in empty
    assert "Take in what arrived" not in empty
    for number in (1, 2):
        sent = {"pages": [file("x.txt", page_text(number))], "paths": json.dumps([f"week/{number}/x.txt"])}
        assert client.post(places["files"], sent).json() == {"kept": 1}
    upload = Upload.objects.get()
    assert "This upload was never started" in client.get(upload.get_absolute_url()).content.decode()
    assert client.post(places["start"])["Location"] == upload.get_absolute_url()
    list(run_waiting())
    assert [page.name for page in upload.pages.all()] == ["week/1/x.txt", "week/2/x.txt"]
    late = {"pages": [file("x.txt", "late")], "paths": '["x.txt"]'}
    assert client.post(places["files"], late).status_code == 404


@pytest.mark.usefixtures("curator")
@pytest.mark.parametrize("paths", ["", "[]", "no json", '{"a": 1}'])
def test_files_without_their_names_are_refused(client: Client, paths: str) -> None:
    places = client.post(reverse("upload_begin")).json()
    response = client.post(places["files"], {"pages": [file("x.txt", "text")], "paths": paths})
    assert response.status_code == 400
    assert response.json()["error"]


@pytest.mark.usefixtures("curator")
def test_an_empty_form_and_too_much_are_refused_with_what_to_do(client: Client, settings: Any) -> None:
    response = client.post(reverse("uploads"), {"text": "  \n"})
    assert response.status_code == 400
    assert "Choose a file, or paste the text of a page." in response.content.decode()
    settings.ARCHIVE_UPLOAD_LIMIT = 5000
    response = client.post(reverse("uploads"), {"pages": [file("a.zip", zip_of(30, 0))]})
    assert response.status_code == 400
    assert "Send them in several" in response.content.decode()
    places = client.post(reverse("upload_begin")).json()
    for content, status in ((b"x" * 3000, 200), (b"x" * 3000, 400)):
        sent = {"pages": [file("a.txt", content)], "paths": '["a.txt"]'}
        assert client.post(places["files"], sent).status_code == status
    assert not Article.objects.exists()


@pytest.mark.usefixtures("curator")
def test_what_was_never_started_is_thrown_away_on_request(client: Client) -> None:
    client.post(reverse("upload_begin"))
    upload = Upload.objects.get()
    html = client.post(reverse("upload_discard", args=[upload.pk]), follow=True).content.decode()
    assert "Nothing of them was read" in html
    assert not Upload.objects.exists()


@pytest.mark.usefixtures("curator")
def test_an_upload_that_broke_off_says_so_and_can_go_on(client: Client) -> None:
    client.post(reverse("uploads"), {"text": page_text(1)})
    Job.objects.update(state=Job.State.FAILED, error="OSError: disk full", finished_at=timezone.now())
    html = client.get(Upload.objects.get().get_absolute_url()).content.decode()
    assert "It broke off: OSError: disk full" in html
    assert reverse("job_again", args=[Job.objects.get().pk]) in html
