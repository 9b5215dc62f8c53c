"""A small app of one page, named as the argument, behind the headers of the real one."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from visualizer.site.responses import Responses

app = st.App(Path(__file__).with_name(f"{sys.argv[1]}.py"), middleware=[Middleware(Responses)])

if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        app.run(config={"server.address": os.environ["ADDRESS"], "server.port": int(os.environ["PORT"])})
