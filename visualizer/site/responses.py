"""What every response carries: security headers, and Streamlit's start page."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from visualizer.web.scripts import sent_ahead

A_WEEK = "public, max-age=604800"
DOWNLOADS = "/media/"
_STREAMLITS = Path(st.__file__).parent / "static"
_IMPORTED = re.compile(r'from"\./([\w.-]+\.js)"')
FILES = "/app/static/"


def base_path() -> str:
    """What the server's addresses start with: empty, or as in "/lessons"."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""


def starting_page() -> str:
    """Streamlit's own page with our title, the server's address, the frame's style, and what every lesson will need.

    Without the server's address it looks for one below every page's path first: two requests that fail, and their wait,
    before a link to a lesson opens. The style stands between Streamlit's own and those of the pages: the later ones
    win.
    """
    page = (_STREAMLITS / "index.html").read_text(encoding="utf-8")
    script = f'window.__streamlit = {{ BACKEND_BASE_URL: location.origin + "{base_path() or "/"}" }}'
    needed = "".join(f'<link rel="modulepreload" crossorigin href="{each}">' for each in _needed(page))
    style = (Path(__file__).parent / "page_frame.css").read_text(encoding="utf-8")
    page = page.replace("<title>Streamlit</title>", f"<title>Unrolled</title><script>{script}</script>{needed}")
    return page.replace("<body>", f"<body><style>{style}</style>")


def _needed(page: str) -> list[str]:
    """The scripts that a page with a walk asks for late, one after the other: Streamlit's for components, and ours."""
    folder = _STREAMLITS / "static" / "js"
    found = [each for name in ("BidiComponent", "serialization") for each in folder.glob(f"{name}.*.js")]
    names = {name for each in found for name in _IMPORTED.findall(each.read_text(encoding="utf-8"))}
    names |= {each.name for each in found}
    late = sorted(name for name in names if name not in page)
    return [f"./static/js/{name}" for name in late] + [each.address for each in sent_ahead()]


def content_security_policy(page: str) -> str:
    """Nothing from another host, and no inline script but those in `page`."""
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    # A component's JavaScript is imported from a blob that Streamlit makes of it.
    scripts = ["script-src 'self' blob:", *(f"'sha256-{each}'" for each in hashes)]
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(scripts),
            # A camera's photo is a data: address until Streamlit uploads it.
            "connect-src 'self' data:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    )


def level_address(path: str, query: bytes, base: str = "") -> str | None:
    """Where to look for a page instead: no page's address has a slash within it, or Streamlit's files are not found.

    None where the address is level already. `base` is what the server's own addresses start with, as in "/lessons".
    """
    name = path.removeprefix(f"{base}/")
    if "/" not in name:
        return None
    asked = f"?{query.decode('latin-1')}" if query else ""
    return f"{base}/{quote(name.strip('/').replace('/', '-'))}{asked}"


class Responses:
    """Adds the headers and puts the starting page in place; plain ASGI, so websockets pass through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.base = app, base_path()

    @cached_property
    def page(self) -> str:
        """Made on the first request: by then the components are known."""
        return starting_page()

    @cached_property
    def headers(self) -> dict[str, str]:
        return {
            "Content-Security-Policy": content_security_policy(self.page),
            "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        replaced = False

        async def answer(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                if message["status"] == 200 and FILES in scope["path"]:
                    headers["Cache-Control"] = A_WEEK
                if replaced := self._is_starting_page(scope, message["status"], headers):
                    body = self._start(scope, message, headers)
                    await send(message)
                    message = {"type": "http.response.body", "body": body}
            elif replaced:
                return
            await send(message)

        await self.app(scope, receive, answer)

    def _is_starting_page(self, scope: Scope, status: int, headers: MutableHeaders) -> bool:
        html = headers.get("content-type", "").startswith("text/html")
        return html and status == 200 and scope["method"] == "GET" and DOWNLOADS not in scope["path"]

    def _start(self, scope: Scope, message: Message, headers: MutableHeaders) -> bytes:
        """The starting page, described in `headers`; for an address with more levels, the way to one that works."""
        for name in ("content-encoding", "etag", "last-modified", "accept-ranges"):
            del headers[name]
        headers["Cache-Control"] = "no-cache"
        elsewhere = level_address(scope["path"], scope.get("query_string", b""), self.base)
        if elsewhere:
            message["status"] = 307
            headers["Location"] = elsewhere
        body = b"" if elsewhere else self.page.encode()
        headers["Content-Length"] = str(len(body))
        return body
