"""The figures of the lesson "Convolution"."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Browser

from benchmarks.figures import Figure
from benchmarks.opening import bytes_to_open
from benchmarks.painted import hover_to_painted, key_to_painted_anywhere
from benchmarks.tracing import pack_large_crop, trace_large_crop
from benchmarks.visitor import visitor
from benchmarks.whole_picture import kernel_to_painted, uploads_to_painted, whole_picture
from tools.server import Server

PATH = "/convolution"
CROPS: dict[str, dict[str, object]] = {
    "32×32×3, 3×3": {"crop": "40,120,32,32"},
    "32×32×3, 11×11": {"crop": "40,120,32,32", "kernel_size": 11},
}
LARGE = CROPS["32×32×3, 3×3"]
REPEATS = 120
UPLOADS = 50
KILO = 1000.0


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """Every figure, each as soon as it is measured."""
    for crop, settings in CROPS.items():
        with visitor(browser, server.url, PATH, settings) as page:
            keys = key_to_painted_anywhere(page, REPEATS)
            hovers = hover_to_painted(page, REPEATS)
        yield Figure(f"key → painted anywhere, {crop}", "ms", keys, reach=16.7, percentile=95)
        yield Figure(f"hover → window painted, {crop}", "ms", hovers, reach=16.7, percentile=95)
    yield Figure("making the trace of 32×32×3, 3×3", "ms", trace_large_crop(REPEATS), reach=50, percentile=95)
    yield Figure("the walk of 32×32×3, 3×3 as it is sent", "kB", [pack_large_crop() / KILO], reach=150, percentile=95)
    opened = [bytes_to_open(browser, server.url, PATH, LARGE) for _ in range(3)]
    yield Figure("all that is sent when that walk opens", "kB", opened, reach=150, percentile=95)
    yield from _whole_picture(browser, server)


def _whole_picture(browser: Browser, server: Server) -> Iterator[Figure]:
    with whole_picture(browser, server.url) as page:
        uploads, grown = uploads_to_painted(page, server, UPLOADS)
        kernels = kernel_to_painted(page, REPEATS)
    yield Figure("upload of 12 megapixels → result painted", "ms", uploads, reach=700, percentile=95)
    yield Figure("memory after them, over that after the first", "MB", [grown], reach=100, percentile=95)
    yield Figure("kernel changed → 1024×768 filtered, painted", "ms", kernels, reach=250, percentile=95)
