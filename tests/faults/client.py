"""A small HTTP client that signs in and fills in forms as a person's browser would."""

from __future__ import annotations

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and, for a redirect, where it leads."""

    status: int
    text: str
    location: str = ""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class _FormReader(HTMLParser):
    """Collect the controls of the form whose id is wanted, with their present values."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.values: list[tuple[str, str]] = []
        self._textarea: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "form":
            self.inside = found.get("id") == self.form_id
        elif not self.inside:
            return
        elif tag == "input" and name:
            kind = found.get("type", "text")
            if kind in {"checkbox", "radio"} and "checked" not in found:
                return
            if kind not in {"submit", "button", "file"}:
                self.values.append((name, found.get("value") or ""))
        elif tag == "textarea":
            self._textarea = name
            self.values.append((name, ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            self.values.append((self._select, found.get("value") or ""))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            name, before = self.values[-1]
            self.values[-1] = (name, before + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            name, value = self.values[-1]
            # Browsers drop the line break that stands right behind the opening tag.
            self.values[-1] = (name, value.removeprefix("\r\n").removeprefix("\n"))
            self._textarea = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self.inside = False


@dataclass
class Client:
    """One person's session with a server on the loopback address."""

    base: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), _NoRedirect(), urllib.request.ProxyHandler({})
        )

    def get(self, path: str) -> Answer:
        return self._send(urllib.request.Request(self.base + path))  # noqa: S310  # loopback only

    def post(self, path: str, values: list[tuple[str, str]]) -> Answer:
        body = urllib.parse.urlencode(values).encode()
        return self._send(
            urllib.request.Request(self.base + path, data=body, headers={"Referer": self.base + path})  # noqa: S310
        )

    def send_file(
        self, path: str, values: list[tuple[str, str]], *, field: str, name: str, content: bytes
    ) -> Answer:
        """Post a form with one file, as multipart/form-data."""
        boundary = uuid.uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in values
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
        body = b"".join((*parts, head.encode(), content, f"\r\n--{boundary}--\r\n".encode()))
        kind = {"Referer": self.base + path, "Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._send(urllib.request.Request(self.base + path, data=body, headers=kind))  # noqa: S310

    def form(self, path: str, form_id: str) -> list[tuple[str, str]]:
        """Open a page and return what a form on it holds, the CSRF token included."""
        answer = self.get(path)
        assert answer.status == 200, (path, answer.status, answer.text[:500])
        reader = _FormReader(form_id)
        reader.feed(answer.text)
        assert reader.values, f"no form {form_id} on {path}"
        return reader.values

    def sign_in(self, name: str, password: str) -> None:
        values = dict(self.form("/sign-in/", "sign-in-form"))
        answer = self.post("/sign-in/", [*(values | {"username": name, "password": password}).items()])
        assert answer.status == 302, answer.text[:500]

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=90) as response:
                return Answer(response.status, response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode(), error.headers.get("Location", ""))
