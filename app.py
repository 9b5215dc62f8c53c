"""The ASGI entry of a checkout, for `make run`, `streamlit run app.py` and any ASGI server."""

from __future__ import annotations

import os
from contextlib import suppress

import streamlit as st

from visualizer.server import MAIN, MIDDLEWARE, ROUTES, lifespan

# Streamlit reads the file for this very call, to see that it is an ASGI app.
app = st.App(MAIN, lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE)

if __name__ == "__main__":
    address, port = os.environ.get("ADDRESS", "127.0.0.1"), int(os.environ.get("PORT", "8501"))
    # The server has shut down in order by the time Ctrl-C arrives here.
    with suppress(KeyboardInterrupt):
        app.run(config={"server.address": address, "server.port": port})
