"""What every response carries: headers that keep a page to this server, and the page that Streamlit starts from."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

A_WEEK = "public, max-age=604800"
DOWNLOADS = "/media/"
FILES = "/app/static/"


def starting_page() -> str:
    """Streamlit's own page, told its title and where its server is.

    Without that it looks for a server below every page's path first: two requests that fail, and their wait, before a
    link to a lesson opens.
    """
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    base = st.get_option("server.baseUrlPath").strip("/")
    script = f'window.__streamlit = {{ BACKEND_BASE_URL: location.origin + "/{base}" }}'
    return page.replace("<title>Streamlit</title>", f"<title>Unrolled</title><script>{script}</script>")


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


class Responses:
    """Adds the headers and puts the starting page in place; plain ASGI, so websockets pass through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        page = starting_page()
        self.page = page.encode()
        self.headers = {
            "Content-Security-Policy": content_security_policy(page),
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
                    self._describe_page(headers)
                    await send(message)
                    message = {"type": "http.response.body", "body": self.page}
            elif replaced:
                return
            await send(message)

        await self.app(scope, receive, answer)

    def _is_starting_page(self, scope: Scope, status: int, headers: MutableHeaders) -> bool:
        html = headers.get("content-type", "").startswith("text/html")
        return html and status == 200 and scope["method"] == "GET" and DOWNLOADS not in scope["path"]

    def _describe_page(self, headers: MutableHeaders) -> None:
        for name in ("content-encoding", "etag", "last-modified", "accept-ranges"):
            del headers[name]
        headers["Content-Length"] = str(len(self.page))
        headers["Cache-Control"] = "no-cache"
