"""The proxy that the benchmarks put between browser and server."""

from __future__ import annotations

import time
import urllib.request

from benchmarks.delay_proxy import delay_proxy


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return bytes(answer.read())


def test_it_hands_on_the_same_bytes_and_counts_them(server: str) -> None:
    with delay_proxy(server, seconds=0) as proxy:
        font = fetch(f"{proxy.url}/app/static/math.woff2")
        assert font == fetch(f"{server}/app/static/math.woff2")
        assert len(font) < proxy.sent_for("/app/static/math.woff2") < len(font) + 2000
        assert proxy.sent_for("/_stcore/stream") == 0


def test_it_delays_the_question_and_the_answer(server: str) -> None:
    with delay_proxy(server, seconds=0.1) as proxy:
        begun = time.monotonic()
        assert fetch(f"{proxy.url}/_stcore/health") == b"ok"
        assert 0.2 <= time.monotonic() - begun < 1
