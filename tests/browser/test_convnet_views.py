"""The ConvNet's further views in a real browser: a net that is trained in view, and a pixel that is walked to."""

from __future__ import annotations

import random

import torch
from playwright.sync_api import Page, expect

from tests.browser.bare_player import BarePlayer
from tests.browser.reading import product_sizes
from tests.browser.shown_sums import fault
from tools.browser import read_step, wait_for_player
from visualizer.engine.convnet.convnet import run_convnet
from visualizer.engine.convnet.deconvnet import strongest_place
from visualizer.engine.convnet.weights import load_convnet
from visualizer.engine.data.labelled_images import Name, labelled_images
from visualizer.engine.trace.trace import Trace
from visualizer.engine.walks.deconvnet.deconvnet import trace_deconvnet


def trace_of(data: Name, pixel: tuple[int, int]) -> Trace:
    net, image = load_convnet(data).to(torch.float64), labelled_images(data, "test").images[0].double()
    return trace_deconvnet(net, image, strongest_place(run_convnet(net, image[None]), "relu2", 0), pixel)


def test_the_walk_to_a_pixel_adds_up(bare_player: BarePlayer) -> None:
    pixels: dict[Name, tuple[int, int]] = {"digits": (14, 12), "signs": (31, 9)}
    for data, pixel in pixels.items():
        trace = trace_of(data, pixel)
        last = range(trace.chapters[-1].start + 1, len(trace) + 1)
        steps = sorted({*last, *random.Random(0).sample(range(1, len(trace) + 1), 30)})
        assert [fault(lines) for lines in bare_player.read(trace, steps)] == [None] * len(steps)


def test_the_products_of_a_walk_can_be_read(page: Page, server: str) -> None:
    page.goto(f"{server}/convnet?convnet_view=Walk")
    wait_for_player(page)
    expect(page.locator(".products .number")).to_have_count(26)
    assert min(product_sizes(page)) >= 12


def test_a_pixel_is_walked_to_within_the_window(page: Page, server: str) -> None:
    page.goto(f"{server}/convnet?convnet_view=Units&convnet_unit_part=Number%20by%20number")
    wait_for_player(page)
    page.get_by_test_id("player-last").click()
    step, steps = read_step(page)
    assert step == steps > 100
    expect(page.get_by_test_id("player-title")).to_have_text("What do all maps add up to?")
    expect(page.get_by_text("✓ torch:")).to_be_visible()
    expect(page.get_by_test_id("player-slider")).to_be_in_viewport()


def test_a_net_is_trained_in_view_stopped_and_used(page: Page, server: str) -> None:
    page.goto(f"{server}/convnet?convnet_view=Train&convnet_train_images=1500&convnet_train_epochs=50")
    page.get_by_role("button", name="Train", exact=True).click()
    page.get_by_text("Training:").wait_for()
    page.get_by_role("img", name="The share of right answers").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped:").wait_for()
    page.get_by_role("button", name="Use this net").click()
    page.get_by_text("Results", exact=True).click()
    page.get_by_text("Where the net that you trained is wrong").wait_for()
