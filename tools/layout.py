"""Measures boxes: what overlaps, is cut off or leaves the window, at every width and text size.

`python -m tools.layout http://127.0.0.1:8501 /recurrent "/convnet?convnet_view=units"` prints what is wrong there.
Without addresses it measures every page and view.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from tools.browser import patient_page, running_browser, wait_until_drawn

WIDTHS = {100: (320, 390, 768, 1366, 1920, 2560), 200: (320, 768, 1366, 1920)}
"""By text size. Twice the text leaves the room of half the width, so 2560 would be as 1280 is with the usual one; and
390 has more room than 320, with the same rules."""
HEIGHTS = {320: 640, 390: 844, 768: 1024, 1366: 768, 1920: 1080, 2560: 1440}
TEXT_SIZES: dict[int, Literal["light", "dark"]] = {100: "light", 200: "dark"}
VIEWS = (
    "/",
    *("/one-hidden-layer?step=0", "/one-hidden-layer?step=30", "/one-hidden-layer?inputs=4&hidden=8&outputs=3&step=99"),
    *(f"/convolution?view={view}" for view in ("walk", "whole", "sharing", "learn")),
    *("/convolution?channels=grey&step=100", "/pooling?pool_view=walk", "/pooling?pool_view=invariance"),
    *("/pooling?layers=block", "/recurrent?cell=rnn", "/recurrent?text=hello+world&units=4"),
    *(f"/recurrent?recurrent_view={view}" for view in ("walk", "flow", "importance", "maps", "train")),
    *("/recurrent?recurrent_view=explore", "/convnet?convnet_data=signs"),
    *(f"/convnet?convnet_view={view}" for view in ("overview", "walk", "train", "units", "results")),
    "/convnet?convnet_view=units&convnet_unit_part=cover",
    *(f"/counting-desk?desk_view={view}" for view in ("layers", "table2012", "code")),
    *(f"/counting-desk?desk_view=walk&{net}" for net in ("desk_preset=small", "stack=4+fc3+tanh+fc2")),
    *(f"/detector?det_kind={kind}" for kind in ("Template", "Faces", "ConvNet")),
    *("/detector?det_view=walk", "/image-features?feature_view=walk"),
    *(f"/image-features?feature={feature}" for feature in ("SIFT", "HOG", "Spin+image", "RIFT", "Textons", "GLOH")),
    *("/image-features?feature_view=match", "/image-features?feature_view=compare"),
    *(f"/retrieval?retrieval_view={view}" for view in ("nearest", "precision", "map")),
    "/playground",
    *(f"/architecture?arch_view={view}" for view in ("wider", "deeper", "features")),
    *(f"/initialisation?init_view={view}" for view in ("sensitivity", "layers", "symmetry")),
    *(f"/learning-rate?rate_view={view}" for view in ("sweep", "schedules", "range_test", "optimisers")),
    *(f"/regularisation?reg_view={view}" for view in ("strength", "alike", "amount")),
    *(f"/gradient-descent?descent_view={view}" for view in ("convergence", "path")),
)
"""The address of every page and view; tests/tools/test_layout.py holds the list against the pages' own views."""
_FAULTS = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")
_SIZE = "size => { document.documentElement.style.fontSize = size === 100 ? '' : `${size}%` }"


def faults(page: Page) -> list[str]:
    """What overlaps, is cut off or leaves the window on a page that is drawn."""
    found: list[str] = page.evaluate(_FAULTS)
    return found


def faults_at_all_sizes(page: Page) -> Iterator[str]:
    """The faults of an open page at every width and text size, each with where it was found.

    Boxes don't depend on colours: what is light at the first text size is dark at the second.
    """
    for size, colours in TEXT_SIZES.items():
        page.emulate_media(color_scheme=colours)
        page.evaluate(_SIZE, size)
        for width in WIDTHS[size]:
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            wait_until_drawn(page)
            yield from (f"{width} px, text {size} %: {fault}" for fault in faults(page))


def main(server: str, *addresses: str) -> None:
    with running_browser() as browser:
        for address in addresses or VIEWS:
            page = patient_page(browser.new_context())
            page.goto(server + address)
            wait_until_drawn(page)
            for fault in faults_at_all_sizes(page):
                print(f"{address} at {fault}", flush=True)
            page.context.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
