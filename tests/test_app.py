"""The app as a server: it starts warm, answers with its headers, and ends in order."""

from __future__ import annotations

import asyncio
import gc
import json
import re
import urllib.request
from contextlib import closing
from email.message import Message
from http.client import HTTPConnection
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
import streamlit as st
from starlette.formparsers import MultiPartParser

from tools.server import running_server
from visualizer.lessons.retrieval.gallery.board import pictures_file
from visualizer.lessons.retrieval.shared import SHARED
from visualizer.server import lifespan


def fetch(address: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers, refusal.read()


@pytest.mark.parametrize("path", ["/", "/one-hidden-layer", "/no-such-page"])
def test_every_page_starts_from_the_same_page_with_its_title_and_server(server: str, path: str) -> None:
    status, headers, body = fetch(server + path)
    assert status == 200
    assert b"<title>Unrolled</title><script>window.__streamlit = { BACKEND_BASE_URL: location.origin" in body
    assert headers["Cache-Control"] == "no-cache"
    assert headers["ETag"] is None


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/app/static/math.woff2", "/media/none", "/static/none.js"])
def test_every_response_keeps_the_page_to_this_server(server: str, path: str) -> None:
    _, headers, _ = fetch(server + path)
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    script_sources = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in script_sources
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == "camera=(self), geolocation=(), microphone=()"


def test_the_font_is_kept_by_the_browser(server: str) -> None:
    status, headers, body = fetch(f"{server}/app/static/math.woff2")
    assert status == 200
    assert "max-age=" in headers["Cache-Control"]
    assert body.startswith(b"wOF2")


def test_the_large_scripts_are_files_that_the_browser_keeps(server: str) -> None:
    _, _, page = fetch(server + "/")
    addresses = re.findall(r'href="\./(scripts/[a-z]+-[0-9a-f]{16}\.js)"', page.decode())
    assert {address.split("/")[1].split("-")[0] for address in addresses} == {"film", "player"}
    for address in addresses:
        status, headers, body = fetch(f"{server}/{address}")
        assert status == 200
        assert "immutable" in headers["Cache-Control"]
        assert headers["Content-Type"].startswith("text/javascript")
        assert b"export default bundle.default" in body
    assert fetch(f"{server}/scripts/player-0000000000000000.js")[0] == 404


def test_the_pictures_of_a_gallery_are_a_file_before_anybody_opens_it(server: str) -> None:
    gallery = SHARED["photos"].known()
    assert gallery is not None
    status, headers, body = fetch(server + pictures_file(gallery).removeprefix("."))
    assert status == 200
    assert "immutable" in headers["Cache-Control"]
    assert json.loads(body.removeprefix(b"export default "))["names"] == [entry.name for entry in gallery.entries]


def test_streamlits_scripts_that_are_asked_for_early_are_there(server: str) -> None:
    _, _, page = fetch(server + "/")
    addresses = re.findall(r'href="\./(static/js/(?:BidiComponent|serialization)[^"]*)"', page.decode())
    assert len(addresses) == 2
    assert {fetch(f"{server}/{address}")[0] for address in addresses} == {200}


def test_a_missing_file_is_not_kept(server: str) -> None:
    status, headers, _ = fetch(f"{server}/app/static/none.woff2")
    assert status == 404
    assert "max-age" not in headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/../requirements.txt", "/app/static/../main.py", "/app/static/%2e%2e/main.py"])
def test_files_of_the_project_are_not_served(server: str, path: str) -> None:
    _, _, body = fetch(server + path)
    assert b"streamlit==" not in body
    assert b"import" not in body.split(b"<title>")[0]


def test_a_start_is_ready_and_ends_without_a_fault() -> None:
    with running_server() as running:
        assert fetch(f"{running.url}/_stcore/health")[0] == 200


@pytest.mark.parametrize(
    ("path", "elsewhere"),
    [
        ("/a/b", "/a-b"),
        ("/a/b?step=3", "/a-b?step=3"),
        ("/a/%C3%A9", "/a-%C3%A9"),
        ("/one-hidden-layer/?step=3", "/one-hidden-layer?step=3"),
    ],
)
def test_an_address_with_more_levels_leads_to_one_that_works(server: str, path: str, elsewhere: str) -> None:
    with closing(HTTPConnection(urlsplit(server).netloc, timeout=10)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status in (301, 307)
        assert answer.headers["Location"] == elsewhere
        assert answer.read() == b""


def test_a_file_that_someone_brings_stays_in_memory() -> None:
    import app

    async def start() -> None:
        async with lifespan(app.app):
            pass

    asyncio.run(start())
    gc.unfreeze()
    assert MultiPartParser.spool_max_size > st.get_option("server.maxUploadSize") * 1024**2
