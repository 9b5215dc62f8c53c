"""The real film in a page of its own, without a server: any run can be handed to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from visualizer.film.component import STYLE
from visualizer.film.film import Film
from visualizer.film.payload import pack
from visualizer.web.bundle import script
from visualizer.web.palette import palette_css

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>film</title><style>{palette} body {{ margin: 0 }} {style}</style><main id="film"></main>
<script type="module">{script}
const film = new bundle.FilmPlayer(document.getElementById("film"))
window.sent = []
film.server = {{ report: (frame) => sent.push(frame), edit: (...edit) => sent.push(edit) }}
window.show = (data) => film.receive(data)
window.go = (frame) => film.go(frame)
window.ready = true
</script>"""


class BareFilm:
    """A page with the film alone."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        file = folder / "film.html"
        file.write_text(_PAGE.format(palette=palette_css(), style=STYLE, script=script("film")), encoding="utf-8")
        page.goto(file.as_uri())
        page.wait_for_function("window.ready")

    def show(self, film: Film, **options: Any) -> None:
        """Hand a film over; the options are the component's."""
        data = {"blob": pack(film), "editable": True, "autoplay": False, "follow": False, "limit": 1e6}
        self.page.evaluate("(data) => show(data)", data | options)

    def sent(self) -> list[Any]:
        """What the film has told the server."""
        found: list[Any] = self.page.evaluate("sent")
        return found
