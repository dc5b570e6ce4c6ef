"""A form as a browser without scripts sends it: every field the page shows, and one button."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

TEXT = re.compile(r"\s+")


def text_of(response: Any) -> str:
    return TEXT.sub(" ", BeautifulSoup(response.content, "lxml").get_text(" ")).replace(" ,", ",")


class Form:
    def __init__(self, client: Client, response: Any, url: str = "/en/mou-builder/") -> None:
        self.client = client
        self.response = response
        self.url = url
        self.status = response.status_code

    @property
    def html(self) -> str:
        return self.response.content.decode()

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "lxml")

    @property
    def text(self) -> str:
        return TEXT.sub(" ", self.soup.get_text())

    def data(self) -> dict[str, list[str]]:
        form = self.soup.find("form", id="builder")
        sent: dict[str, list[str]] = {}
        for field in form.find_all(["input", "select", "textarea"]):
            if field.get("type") in ("radio", "checkbox") and not field.has_attr("checked"):
                continue
            if not field.has_attr("disabled"):
                sent.setdefault(field["name"], []).append(_value(field))
        return sent

    def value(self, name: str) -> str:
        return self.data()[name][0]

    def row(self, key: str) -> str:
        return self.soup.find(id=f"k-{key}").find_parent("div").get_text()

    def press(self, button: str, headers: dict[str, str] | None = None, **typed: Any) -> Form:
        sent = self.data() | typed | {"go": button}
        return Form(self.client, self.client.post(self.url, sent, headers=headers or {}), self.url)


def _value(field: Any) -> str:
    if field.name == "textarea":
        return field.get_text()
    if field.name == "select":
        chosen = field.find("option", selected=True) or field.find("option")
        return chosen["value"]
    return field.get("value", "on")
