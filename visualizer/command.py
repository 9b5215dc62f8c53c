"""The command `unrolled`: start the app, or write the walk that an address names into one HTML file."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import visualizer

if TYPE_CHECKING:
    from visualizer.site.catalogue import LessonPage

PATIENCE = 300
"""In seconds: how long a page may take."""


class NoWalk(Exception):
    """Why an address makes no file, in a sentence."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command. The exit code is 2 where the arguments make no sense, or the address makes no file."""
    asked = _parser().parse_args(arguments)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as in the app; read when torch loads
    if asked.command == "run":
        from visualizer.server import serve

        serve(asked.address, asked.port)
        return 0
    logging.disable(logging.WARNING)  # Streamlit warns of a page that runs without a server
    try:
        page, query = read_address(asked.walk)
        file = asked.output or Path(f"unrolled-{page.url_path}.html")
        file.write_text(export(page, query), encoding="utf-8")
    except (NoWalk, OSError) as fault:
        print(f"unrolled export: {fault}", file=sys.stderr)
        return 2
    print(f"{file}: {file.stat().st_size / 1000:,.0f} kB")
    return 0


def read_address(address: str) -> tuple[LessonPage, dict[str, list[str]]]:
    """The page that an address names, and its parameters: a whole address, or what follows the server's name in it.

    Raises: NoWalk, where there is no such page.
    """
    from visualizer.site.catalogue import PAGES
    from visualizer.text.plain import shown

    try:
        parts = urlsplit(address)
    except ValueError as fault:
        raise NoWalk(f"“{shown(address)}” is no address: {fault}.") from None
    name = unquote(parts.path).strip("/").rpartition("/")[2]
    for page in PAGES:
        if page.url_path == name:
            return page, parse_qs(parts.query, keep_blank_values=True)
    known = ", ".join(f"/{page.url_path}" for page in PAGES)
    raise NoWalk(f"There is no page “{shown(name)}”. The pages: {known}." if name else f"Name a page: {known}.")


def export(page: LessonPage, query: dict[str, list[str]]) -> str:
    """The walk that a page plays with these parameters, as one HTML file that opens at their step.

    The page's script runs as for a visitor who opens it, in this process and without a server.

    Raises: NoWalk, where the page plays none, or not the one that is asked for.
    """
    from streamlit.testing.v1 import AppTest

    from visualizer.player.export import to_html
    from visualizer.site.catalogue import script
    from visualizer.ui.address import STEP
    from visualizer.unattended import KEY, Findings

    app = AppTest.from_file(visualizer.FOLDER / "site" / "main.py", default_timeout=PATIENCE)
    app.run()  # its pages are known from now on
    found = app.session_state[KEY] = Findings()
    app.query_params.update(query)
    app.switch_page(str(script(page.script))).run()
    if app.exception:
        raise NoWalk(f"The page “{page.title}” failed: {app.exception[0].message}")
    if found.refusals:
        raise NoWalk(" ".join(found.refusals))
    if found.walk is None:
        view = f" Its view with a walk: /{page.url_path}?{found.walk_view}" if found.walk_view else ""
        raise NoWalk(f"The page “{page.title}” plays no walk at this address.{view}")
    trace, start = found.walk
    return to_html(trace, start=min(int(app.query_params.get(STEP.name, start)), len(trace)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="unrolled", description="A visualizer of neural nets: every number, forward and backward."
    )
    parser.add_argument("--version", action="version", version=f"unrolled {visualizer.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    run = commands.add_parser("run", help="start the app", description="Start the app; Ctrl-C ends it.")
    run.add_argument("--port", type=_port, default=8501, help="the port to listen on (default: %(default)s)")
    run.add_argument("--address", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    write = commands.add_parser(
        "export",
        help="write the walk that an address names into one HTML file",
        description="Write the walk that an address of the app names into one HTML file, which plays without a server.",
    )
    write.add_argument(
        "walk", metavar="ADDRESS", help="as the browser shows it, or “/one-hidden-layer?hidden=3&step=27”"
    )
    write.add_argument("-o", "--output", type=Path, metavar="FILE", help="the file (default: unrolled-PAGE.html)")
    return parser


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a whole number from 1 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
