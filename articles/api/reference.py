"""The API's page for people, written from its OpenAPI document. Pure but for the view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.api.endpoints import api

EXAMPLES = {"/api/search": "?q=truce&size=10", "/api/suggest": "?q=an"}


@dataclass(frozen=True, slots=True)
class Described:
    """A parameter or a field of an answer: `depth` is 0 for those at the top."""

    name: str
    type: str
    description: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API."""

    path: str
    summary: str
    description: str
    parameters: tuple[Described, ...]
    fields: tuple[Described, ...]
    example: str


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show what the API offers."""
    document = api.get_openapi_schema()
    context = {"operations": list(operations(document)), "about": document["info"]["description"]}
    return render(request, "api/reference.html", context)


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Yield the operations of an OpenAPI document in its order."""
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        told = methods["get"]
        answer = told["responses"][200]["content"]["application/json"]["schema"]
        yield Operation(
            path=path,
            summary=told["summary"],
            description=told.get("description", ""),
            parameters=tuple(
                Described(one["name"], type_of(one["schema"]), one["schema"].get("description", ""))
                for one in told.get("parameters", ())
            ),
            fields=tuple(_fields(answer, schemas, depth=0)),
            example=path + EXAMPLES[path] if path in EXAMPLES else "",
        )


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any], *, depth: int) -> Iterator[Described]:
    for name, told in schemas[_referred(schema)]["properties"].items():
        yield Described(name, type_of(told), told.get("description", ""), depth)
        if _referred(told):
            yield from _fields(told, schemas, depth=depth + 1)


def type_of(schema: Mapping[str, Any]) -> str:
    """Return a field's type in words: "text", "list of numbers", "text or null"."""
    if "anyOf" in schema:
        return " or ".join(type_of(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return "object"
    if schema.get("type") == "array":
        inner = type_of(schema["items"]) if "items" in schema else "anything"
        return f"list of {inner}"
    return WORDS.get(str(schema.get("type")), "anything")


WORDS = {
    "string": "text",
    "integer": "number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
    "object": "object",
}


def _referred(schema: Mapping[str, Any]) -> str:
    """Return the name of the record that a schema, its items or one of its choices refers to, or ""."""
    for one in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
        if "$ref" in one:
            return str(one["$ref"]).rpartition("/")[2]
    return ""
