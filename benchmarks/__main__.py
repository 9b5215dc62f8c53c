"""Measures every figure in one run and prints them as one table; of the lessons that are named, or of all."""

from __future__ import annotations

import sys

from benchmarks import (
    any_net,
    convnet_page,
    convnet_training,
    convolution,
    deconvnet,
    detector,
    labs,
    main_thread,
    messages,
    one_hidden_layer,
    page_opening,
    recurrent,
    retrieval,
    training,
)
from benchmarks.figures import table
from tools.browser import running_browser
from tools.server import running_server

LESSONS = {
    "main-thread": main_thread.measure,
    "any-net": any_net.measure,
    "messages": messages.measure,
    "page-opening": page_opening.measure,
    "one-hidden-layer": one_hidden_layer.measure,
    "convolution": convolution.measure,
    "recurrent": recurrent.measure,
    "convnet-page": convnet_page.measure,
    "deconvnet": deconvnet.measure,
    "training": training.measure,
    "convnet": convnet_training.measure,
    "detector": detector.measure,
    "retrieval": retrieval.measure,
    "labs": labs.measure,
}


def main(*names: str) -> None:
    figures = []
    with running_browser() as browser:
        for name in names or LESSONS:
            with running_server() as server:
                for figure in LESSONS[name](browser, server):
                    print(f"{figure.name}: {figure.at(50):.1f} {figure.unit}", file=sys.stderr, flush=True)
                    figures.append(figure)
    print(table(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
