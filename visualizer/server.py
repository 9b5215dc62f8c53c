"""The app as a server: Streamlit with our response headers, warmed up before the first visitor comes."""

from __future__ import annotations

import gc
import os
import tomllib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware

from visualizer import CONFIG, FOLDER
from visualizer.site.responses import Responses
from visualizer.web.scripts import ROUTE

# A step's arrays are tiny: a second thread only waits, and every session is a thread already. Read when torch loads.
os.environ.setdefault("OMP_NUM_THREADS", "1")

MAIN = FOLDER / "site" / "main.py"
ROUTES = [ROUTE]
MIDDLEWARE = [Middleware(Responses)]


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Loads torch, runs the engine once and makes the large files: the first visitor would wait for it otherwise."""
    import torch

    import visualizer.film.component
    import visualizer.player.player  # noqa: F401
    from visualizer.engine import trace_convolution, trace_network
    from visualizer.lessons.retrieval.gallery.board import serve_pictures

    # A file that someone brings stays in memory; starlette would put what is over 1 MB on the disk until it is read.
    MultiPartParser.spool_max_size = 1024**2 * (1 + int(st.get_option("server.maxUploadSize")))
    one = torch.ones(1, 1)
    trace_network(one, one, [one, one], [one[0], one[0]])
    trace_convolution(one[None], one[None, None], grad_y=one[None])
    serve_pictures()
    # What is loaded by now stays to the end; no later collection needs to walk through it.
    gc.collect()
    gc.freeze()
    yield


def options() -> dict[str, Any]:
    """Streamlit's options for the app, by their dotted names, as from the file that Streamlit reads in a checkout."""
    return dict(_dotted(tomllib.loads(CONFIG.read_text(encoding="utf-8"))))


def serve(address: str, port: int) -> None:
    """Start the app and block until Ctrl-C. Where the port is taken, Streamlit tries the next ones."""
    app = st.App(MAIN, lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE)
    # The server has shut down in order by the time Ctrl-C arrives here.
    with suppress(KeyboardInterrupt):
        app.run(config=options() | {"server.address": address, "server.port": port})


def _dotted(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _dotted(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value
