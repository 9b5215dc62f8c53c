"""The ASGI entry: the Streamlit app with its response headers, warmed up before the first visitor comes."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware

from visualizer.site.responses import Responses
from visualizer.web.scripts import ROUTE

# A step's arrays are tiny: a second thread only waits, and every session is a thread already. Read when torch loads.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Loads torch, runs the engine once and makes the large files: the first visitor would wait for it otherwise."""
    import torch

    import visualizer.film.component
    import visualizer.player.player  # noqa: F401
    from visualizer.engine import trace_convolution, trace_network
    from visualizer.lessons.retrieval.gallery.board import serve_pictures

    one = torch.ones(1, 1)
    trace_network(one, one, [one, one], [one[0], one[0]])
    trace_convolution(one[None], one[None, None], grad_y=one[None])
    serve_pictures()
    # What is loaded by now stays to the end; no later collection needs to walk through it.
    gc.collect()
    gc.freeze()
    yield


# A file that someone brings stays in memory; starlette would put what is over 1 MB on the disk until it is read.
MultiPartParser.spool_max_size = 1024**2 * (1 + int(st.get_option("server.maxUploadSize")))
main = Path(__file__).parent / "visualizer" / "site" / "main.py"
app = st.App(main, lifespan=lifespan, routes=[ROUTE], middleware=[Middleware(Responses)])

if __name__ == "__main__":
    address, port = os.environ.get("ADDRESS", "127.0.0.1"), int(os.environ.get("PORT", "8501"))
    # The server has shut down in order by the time Ctrl-C arrives here.
    with suppress(KeyboardInterrupt):
        app.run(config={"server.address": address, "server.port": port})
