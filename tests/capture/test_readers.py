"""Reading files, folders, JSON Lines and zips; every refusal says how to mend it."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.capture import Limits, RawPage, Refusal, page_from_bytes, read_paths

TEXT = "Harbour talks resume\n\nThe envoy went back to the table on Monday.\n"


def taken(path: Path, **limits: int) -> list[RawPage]:
    found = list(read_paths([path], limits=Limits(**limits)))
    assert not [page for page in found if isinstance(page, Refusal)], found
    return [page for page in found if isinstance(page, RawPage)]


def refused(path: Path, **limits: int) -> Refusal:
    [refusal] = read_paths([path], limits=Limits(**limits))
    assert isinstance(refusal, Refusal)
    assert refusal.reason
    assert refusal.cure
    return refusal


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


class TestFiles:
    def test_a_text_file_is_one_page_with_its_bytes_unchanged(self, tmp_path: Path) -> None:
        content = TEXT.replace("\n", "\r\n").encode()
        [page] = taken(write(tmp_path / "a.txt", content))
        assert page.content == content
        assert page.media_type == "text/plain"
        assert page.charset == "utf-8"
        assert page.text == content.decode()

    def test_identity_is_the_hash_of_the_bytes_and_not_the_name(self, tmp_path: Path) -> None:
        first, second = (
            taken(write(tmp_path / "a.txt", TEXT.encode())),
            taken(write(tmp_path / "b.txt", TEXT.encode())),
        )
        assert first[0].sha256 == second[0].sha256

    def test_html_is_known_by_its_name(self, tmp_path: Path) -> None:
        [page] = taken(write(tmp_path / "a.HTM", b"<p>The envoy went back.</p>"))
        assert page.media_type == "text/html"

    @pytest.mark.parametrize(
        ("name", "content", "word"),
        [
            ("empty.txt", b"", "empty"),
            ("blank.txt", b" \n\t\r\n", "empty"),
            ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "cannot be read as text"),
            ("controls.txt", b"abc\x01\x02\x03\x04\x05" * 20, "binary"),
            ("story.pdf", b"%PDF-1.4", "not read"),
            ("broken.zip", b"PK\x03\x04 not really", "damaged"),
        ],
    )
    def test_bad_input_is_refused_with_a_reason(
        self, tmp_path: Path, name: str, content: bytes, word: str
    ) -> None:
        assert word in refused(write(tmp_path / name, content)).reason

    def test_a_path_that_is_not_there(self, tmp_path: Path) -> None:
        assert "no such file" in refused(tmp_path / "gone.txt").reason

    def test_a_page_over_the_limit_names_both_sizes(self, tmp_path: Path) -> None:
        refusal = refused(write(tmp_path / "long.txt", b"a" * 3_000_000), page=2 * 1024 * 1024)
        assert "2.9 MB" in refusal.reason
        assert "2 MB" in refusal.reason
        assert "ARCHIVE_PAGE_LIMIT" in refusal.cure

    def test_an_unreadable_file_is_refused(self, tmp_path: Path) -> None:
        loop = tmp_path / "loop.txt"
        loop.symlink_to(tmp_path / "missing" / "page.txt")
        assert "no such file" in refused(loop).reason


class TestAddressOnTop:
    @pytest.mark.parametrize(
        ("first", "address"),
        [
            ("http://herald.example/a/2012/ferry.html", "http://herald.example/a/2012/ferry.html"),
            ("URL: <https://herald.example/a>", "https://herald.example/a"),
            ("Read more at https://herald.example/a", None),
            ("https://herald.example/a and more", None),
            ("javascript:alert(1)", None),
        ],
    )
    def test_a_first_line_that_is_an_address_is_the_pages_own(
        self, tmp_path: Path, first: str, address: str | None
    ) -> None:
        [page] = taken(write(tmp_path / "a.txt", f"\r\n{first}\r\n\r\n{TEXT}".encode()))
        assert page.url == address


class TestFolders:
    def test_pages_come_in_the_order_of_their_names_and_a_bad_one_stops_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "sub").mkdir()
        write(tmp_path / "b.txt", b"second page")
        write(tmp_path / "a.txt", b"first page")
        write(tmp_path / "sub" / "c.txt", b"\x00\x01\x02")
        write(tmp_path / "sub" / "d.txt", b"fourth page")
        found = list(read_paths([tmp_path]))
        assert [type(page).__name__ for page in found] == ["RawPage", "RawPage", "Refusal", "RawPage"]
        assert [Path(page.name).name for page in found] == ["a.txt", "b.txt", "c.txt", "d.txt"]

    def test_hidden_files_are_no_pages(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        write(tmp_path / ".git" / "config.txt", b"x")
        write(tmp_path / ".DS_Store", b"\x00")
        assert taken(tmp_path) == []

    def test_a_name_that_is_no_text_can_be_stored_and_stops_nothing(self, tmp_path: Path) -> None:
        for name in (b"a\xff.txt", b"b\xff.xyz", b"c.txt"):
            write(tmp_path / os.fsdecode(name), TEXT.encode())
        names = [page.name.encode().decode() for page in read_paths([tmp_path])]
        assert [Path(name).name for name in names] == ["a\\xff.txt", "b\\xff.xyz", "c.txt"]


class TestEncodings:
    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_unicode_with_a_mark(self, tmp_path: Path, codec: str) -> None:
        text = "Łódź — “harbour” talks, السلام"
        [page] = taken(write(tmp_path / "a.txt", text.encode(codec)))
        assert page.text.lstrip("\ufeff") == text

    @pytest.mark.parametrize(
        ("codec", "text"),
        [
            ("cp1252", "“Nous n’avons rien décidé”, a déclaré l’envoyé à l’Élysée après la séance."),
            ("cp1251", "Министерство иностранных дел сообщило в понедельник, что переговоры начнутся."),
        ],
    )
    def test_older_encodings_are_told_by_statistics(self, tmp_path: Path, codec: str, text: str) -> None:
        [page] = taken(write(tmp_path / "a.txt", (text + "\n").encode(codec) * 12))
        assert text in page.text

    def test_html_names_its_own_encoding(self, tmp_path: Path) -> None:
        html = '<html><head><meta charset="iso-8859-1"></head><p>“Déjà”</p></html>'.encode("cp1252")
        [page] = taken(write(tmp_path / "a.html", html))
        assert "“Déjà”" in page.text

    @given(st.binary(min_size=1, max_size=400))
    def test_whatever_the_bytes_a_page_decodes_or_is_refused(self, content: bytes) -> None:
        page = page_from_bytes(content, name="x", media_type="text/plain")
        assert isinstance(page, Refusal) or isinstance(page.text, str)


class TestJsonLines:
    def test_text_and_html_records(self, tmp_path: Path) -> None:
        records = [
            {
                "id": "1",
                "text": TEXT,
                "url": "https://herald.example/a",
                "captured_at": "2012-07-02T10:00:00Z",
            },
            {"id": "2", "html": "<p>The envoy went back.</p>"},
        ]
        path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, records)).encode())
        first, second = taken(path)
        assert first.url == "https://herald.example/a"
        assert first.captured_at == datetime(2012, 7, 2, 10, tzinfo=UTC)
        assert first.name.endswith("a.jsonl:1")
        assert second.media_type == "text/html"

    @pytest.mark.parametrize(
        ("line", "word"),
        [
            ("{not json", "not JSON"),
            ("[1]", "not an object"),
            ('{"id": 1}', "neither"),
            ('{"text": 5}', "neither"),
            ('{"text": "abc \\ud800"}', "surrogate"),
            ('{"text": "abc", "captured_at": "yesterday"}', "not a time"),
        ],
    )
    def test_a_bad_line_is_named_and_the_rest_goes_on(self, tmp_path: Path, line: str, word: str) -> None:
        good = json.dumps({"text": TEXT})
        found = list(read_paths([write(tmp_path / "a.jsonl", f"{good}\n{line}\n{good}\n".encode())]))
        assert [type(page).__name__ for page in found] == ["RawPage", "Refusal", "RawPage"]
        refusal = found[1]
        assert isinstance(refusal, Refusal)
        assert word in refusal.reason
        assert refusal.name.endswith(":2")

    def test_an_address_that_is_no_web_address_is_not_kept(self, tmp_path: Path) -> None:
        record = json.dumps({"text": TEXT, "url": "javascript:alert(1)"})
        [page] = taken(write(tmp_path / "a.jsonl", record.encode()))
        assert page.url is None

    def test_an_endless_line_is_skipped_without_being_held(self, tmp_path: Path) -> None:
        long = json.dumps({"text": "a" * 100_000})
        good = json.dumps({"text": TEXT})
        found = list(
            read_paths([write(tmp_path / "a.jsonl", f"{long}\n{good}\n".encode())], limits=Limits(page=1000))
        )
        assert [type(page).__name__ for page in found] == ["Refusal", "RawPage"]

    @pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:00:00-05:00", "\ud800"])
    def test_a_time_outside_the_calendar_is_refused(self, tmp_path: Path, moment: str) -> None:
        record = json.dumps({"text": TEXT, "captured_at": moment}).encode()
        reason = refused(write(tmp_path / "a.jsonl", record)).reason
        assert "captured_at" in reason
        assert reason.isascii()

    def test_an_id_with_a_backslash_is_kept(self, tmp_path: Path) -> None:
        [page] = taken(write(tmp_path / "a.jsonl", json.dumps({"text": TEXT, "id": "a\\u0000"}).encode()))
        assert page.source_id == "a\\u0000"

    def test_times_are_kept_in_utc(self, tmp_path: Path) -> None:
        record = json.dumps({"text": TEXT, "captured_at": "2012-07-02T23:30:00-05:00"}).encode()
        [page] = taken(write(tmp_path / "a.jsonl", record))
        assert page.captured_at is not None
        assert page.captured_at.isoformat() == "2012-07-03T04:30:00+00:00"

    @pytest.mark.parametrize("told", [float("nan"), float("inf"), "a\0b", ["a\0b"], "\ud800", ["\ud800"]])
    def test_an_id_that_no_database_keeps_is_refused(self, tmp_path: Path, told: object) -> None:
        record = json.dumps({"text": TEXT, "id": told}).encode()
        assert "id of the record" in refused(write(tmp_path / "a.jsonl", record)).reason

    @pytest.mark.parametrize(
        "url", ["https://a.example/" + "a" * 2000, "https://a.example/\0", "https://\ud800/"]
    )
    def test_an_address_that_no_browser_takes_is_left_out(self, tmp_path: Path, url: str) -> None:
        [page] = taken(write(tmp_path / "a.jsonl", json.dumps({"text": TEXT, "url": url}).encode()))
        assert page.url is None


class TestZips:
    def zipped(self, path: Path, entries: dict[str, bytes]) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries.items():
                archive.writestr(name, content)
        return path

    def test_pages_and_json_lines_inside(self, tmp_path: Path) -> None:
        path = self.zipped(
            tmp_path / "a.zip",
            {"pages/a.txt": TEXT.encode(), "b.jsonl": json.dumps({"text": "Second page."}).encode()},
        )
        first, second = taken(path)
        assert first.name.endswith("a.zip!pages/a.txt")
        assert second.text == "Second page."

    @pytest.mark.parametrize(
        "name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt"]
    )
    def test_a_path_out_of_the_zip_is_refused(self, tmp_path: Path, name: str) -> None:
        assert "leads out" in refused(self.zipped(tmp_path / "a.zip", {name: TEXT.encode()})).reason

    def test_a_bomb_is_refused_unopened(self, tmp_path: Path) -> None:
        path = self.zipped(tmp_path / "a.zip", {"bomb.txt": b"a" * 5_000_000})
        assert "zip bomb" in refused(path).reason

    def test_the_sum_of_entries_is_limited_too(self, tmp_path: Path) -> None:
        entries = {f"{number}.txt": bytes(TEXT, "utf-8") for number in range(4)}
        found = list(
            read_paths([self.zipped(tmp_path / "a.zip", entries)], limits=Limits(unpacked=2 * len(TEXT) + 1))
        )
        assert [type(page).__name__ for page in found] == ["RawPage", "RawPage", "Refusal", "Refusal"]

    def test_too_many_entries(self, tmp_path: Path) -> None:
        path = self.zipped(tmp_path / "a.zip", {f"{number}.txt": b"x" for number in range(3)})
        assert "3 files" in refused(path, entries=2).reason

    def test_a_damaged_entry_is_named_and_the_rest_goes_on(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("a.txt", "first page of words")
            archive.writestr("b.txt", TEXT)
        content = path.read_bytes().replace(b"first page of words", b"first page of wXrds")
        found = list(read_paths([write(path, content)]))
        assert [type(page).__name__ for page in found] == ["Refusal", "RawPage"]

    @pytest.mark.parametrize("name", ["", "."])
    def test_an_entry_without_a_name_is_refused_and_the_rest_goes_on(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / "a.zip"
        nameless = zipfile.ZipInfo("a.txt")
        nameless.filename = name
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(nameless, TEXT)
            archive.writestr("b.txt", TEXT)
        refusal, page = read_paths([path])
        assert isinstance(refusal, Refusal)
        assert "no name" in refusal.reason
        assert isinstance(page, RawPage)

    def test_a_file_without_an_ending_is_not_called_by_the_name_it_waits_under(self, tmp_path: Path) -> None:
        assert "no ending" in refused(write(tmp_path / "3", TEXT.encode())).reason
