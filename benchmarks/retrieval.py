"""The figures of the lesson "Find images like this one", and of the server's memory with every page opened."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator

import numpy as np
import torch
from PIL import Image
from playwright.sync_api import Browser

from benchmarks.every_page import every_page_opened, further_visitors
from benchmarks.figures import Figure
from tools.server import Server
from visualizer.engine.retrieval.image_vectors import Described, describe
from visualizer.engine.retrieval.nearest import COSINE
from visualizer.inputs.images.images import read_picture
from visualizer.lessons.retrieval.gallery.gallery import Entry, Gallery
from visualizer.lessons.retrieval.ranking import rankings
from visualizer.lessons.retrieval.session import Query

REPEATS = 60
GALLERY = 500
COUNT, STAGE = 8, 2
VISITORS = 8


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """Every figure, each as soon as it is measured; only the memory asks the app."""
    torch.set_num_threads(1)  # as the app runs it
    file = _photo()
    seen = _times(lambda: describe(read_picture(file, "photo").pixels), REPEATS)
    yield Figure("bytes of an upload, 1600×1200 → top-5 and all features", "ms", seen, reach=150, percentile=95)
    gallery, query = _gallery()
    asked = _times(lambda: rankings(gallery, query, COUNT, COSINE, STAGE), REPEATS)
    yield Figure(f"query against {GALLERY} images, five rankings", "ms", asked, reach=20, percentile=95)
    opened = every_page_opened(browser, server)
    yield Figure("server memory, every lesson opened once", "MB", [opened], reach=1200, percentile=95)
    more = further_visitors(browser, server, "/retrieval", VISITORS)
    yield Figure("… and for each further visitor of /retrieval", "MB", [more], reach=30, percentile=95)


def _times(work: Callable[[], object], repeats: int) -> list[float]:
    """Milliseconds, without the first time."""
    work()
    samples = []
    for _ in range(repeats):
        before = time.perf_counter()
        work()
        samples.append((time.perf_counter() - before) * 1e3)
    return samples


def _photo() -> bytes:
    coarse = np.random.default_rng(0).integers(0, 256, (150, 200, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(coarse).resize((1600, 1200), Image.Resampling.BICUBIC).save(file, "JPEG", quality=90)
    return file.getvalue()


def _gallery() -> tuple[Gallery, Query]:
    """500 images with random numbers of the right lengths, and one more to ask with."""
    dice = torch.Generator().manual_seed(0)
    lengths = {way: vector.numel() for way, vector in describe(np.zeros((8, 8, 3), np.uint8)).numbers.items()}

    def entry(number: int) -> Entry:
        numbers = {way: torch.rand(length, generator=dice) for way, length in lengths.items()}
        return Entry(str(number), "", Described(numbers, ()))

    return Gallery("random", [entry(number) for number in range(GALLERY)]), Query(entry(GALLERY), None)
