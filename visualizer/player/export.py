"""A walk as one HTML file that plays anywhere, with no server and no network."""

from __future__ import annotations

import base64
import html
import json

from visualizer.engine.trace.trace import Trace
from visualizer.player.assets import FONT, style
from visualizer.player.payload import pack, packed
from visualizer.scenes.scene import Scene
from visualizer.web.bundle import script
from visualizer.web.palette import palette_css

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{palette}
body {{ margin: 0; background: var(--st-background-color); --player-height: 100dvh; }}
@media (min-width: 1500px) {{ :root {{ font-size: min(calc(100% + (100vw - 1500px) * 0.0095), 165%); }} }}
{style}</style>
<main id="walk" class="host"></main>
<script type="module">
{script}
bundle.playAlone(document.getElementById("walk"), {data})
</script>
</html>
"""


def to_html(trace: Trace, scene: Scene | None = None, *, start: int = 0) -> str:
    """One file: the trace, its scene, the player and its font. It opens at step `start`."""
    data = {
        "blob": pack(trace, scene) if scene else packed(trace),
        "font": "data:font/woff2;base64," + base64.b64encode(FONT.read_bytes()).decode("ascii"),
        "address": False,
        "start": start,
        "editable": [],
        "iterations": None,
    }
    return _PAGE.format(
        title=html.escape(f"Unrolled: {trace.title}"),
        palette=palette_css(),
        style=style(),
        script=script("player"),
        data=json.dumps(data).replace("<", "\\u003c"),
    )


def notebook_html(trace: Trace) -> str:
    """The same page inside a notebook's cell, in a frame of its own."""
    frame = 'style="width:100%;height:640px;border:0" sandbox="allow-scripts" title="walk"'
    return f'<iframe {frame} srcdoc="{html.escape(to_html(trace))}"></iframe>'
