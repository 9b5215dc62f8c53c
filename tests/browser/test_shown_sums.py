"""What the browser shows adds up: every step of the default net, and steps of 200 random ones."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from playwright.sync_api import Page

from tests.browser.shown_sums import fault, number, value
from tests.player.test_payload import default_trace
from visualizer.engine import Trace, trace_network
from visualizer.engine.convolution import trace_convolution
from visualizer.player.assets import script, style
from visualizer.player.payload import pack
from visualizer.scenes import draw

PAGE = """<!doctype html><meta charset="utf-8"><style>{style}</style><main id="walk"></main>
<script type="module">{script}
const host = document.getElementById("walk")
const player = playerIn(host, "data:font/woff2;base64,")
window.show = async (blob) => {{
  player.at = null
  await player.receive({{ blob, start: 0, editable: [], iterations: null }})
}}
const readToken = (token) => {{
  const copy = token.cloneNode(true)
  for (const label of copy.querySelectorAll("small")) label.remove()
  for (const fraction of copy.querySelectorAll("mfrac")) fraction.replaceWith("a fraction")
  return copy.textContent.trim()
}}
const tokensOf = (node) => [...node.children].flatMap((child) =>
  child.classList.contains("together") ? tokensOf(child) : child.localName === "small" ? [] : [readToken(child)])
window.read = (step) => {{
  player.go(step)
  return [...player.board.numbers.querySelectorAll(".line")].map((line) => tokensOf(line)).filter((line) => line.length)
}}
window.readProducts = (step) => {{
  player.go(step)
  const textsIn = (part) => [...part.querySelectorAll("text")].map((text) => text.textContent)
  return [...host.querySelectorAll(".products > g")].map(textsIn)
}}
window.ready = true
</script>"""

Reader = Callable[[Trace, list[int]], list[list[list[str]]]]


@pytest.fixture
def read(page: Page, tmp_path: Path, faults: list[str]) -> Reader:
    """Plays a trace in the real player and reads the lines of numbers at the given steps."""
    file = tmp_path / "player.html"
    file.write_text(PAGE.format(style=style(), script=script()), encoding="utf-8")
    page.goto(file.as_uri())
    page.wait_for_function("window.ready")
    faults.clear()  # the page has no font

    def read_steps(trace: Trace, steps: list[int]) -> list[list[list[str]]]:
        page.evaluate("(blob) => show(blob)", pack(trace, draw(trace)))
        lines: list[list[list[str]]] = page.evaluate("(steps) => steps.map((step) => read(step))", steps)
        return lines

    return read_steps


def random_trace(seed: int) -> Trace:
    choose = random.Random(seed)
    generator = torch.Generator().manual_seed(seed)
    inputs, hidden, outputs, examples = (choose.randint(1, most) for most in (4, 8, 3, 8))
    loss = choose.choice(["squared", "cross_entropy"]) if outputs > 1 else "squared"
    scale = choose.choice([0.01, 0.3, 1.0, 3.0])

    def numbers(*shape: int) -> torch.Tensor:
        exact = torch.randn(*shape, generator=generator, dtype=torch.float64) * scale
        return exact.round(decimals=2) if choose.random() < 0.5 else exact

    targets = torch.eye(outputs)[torch.randint(outputs, (examples,), generator=generator)]
    arguments: dict[str, Any] = {
        "activation": choose.choice(["sigmoid", "tanh", "relu", "leaky_relu", "softplus", "identity"]),
        "loss": loss,
        "learning_rate": choose.choice([0.01, 0.5, 2.0]),
    }
    biases = [numbers(hidden), numbers(outputs)] if choose.random() < 0.7 else None
    weights = [numbers(hidden, inputs), numbers(outputs, hidden)]
    return trace_network(numbers(examples, inputs), targets, weights, biases, **arguments)


def test_every_step_of_the_default_net_adds_up(read: Reader) -> None:
    trace = default_trace()
    shown = read(trace, list(range(1, len(trace) + 1)))
    assert [fault(lines) for lines in shown] == [None] * len(trace)
    assert (
        sum(value(line[2:] if n == 0 else line[1:]) is not None for lines in shown for n, line in enumerate(lines)) > 40
    )


def test_two_hundred_random_nets_add_up(read: Reader) -> None:
    found = []
    for seed in range(200):
        trace = random_trace(seed)
        steps = sorted(random.Random(seed).sample(range(1, len(trace) + 1), min(len(trace), 15)))
        for step, lines in zip(steps, read(trace, steps), strict=True):
            if wrong := fault(lines):
                found.append(f"seed {seed}, step {step}: {wrong}")
    assert found == [], "\n".join(found)


def random_convolution(seed: int) -> Trace:
    choose = random.Random(seed)
    generator = torch.Generator().manual_seed(seed)
    channels, side, size = choose.choice([1, 2, 3]), choose.randint(3, 8), choose.randint(1, 3)
    scale = choose.choice([0.05, 1.0, 4.0])

    def numbers(*shape: int) -> torch.Tensor:
        exact = torch.randn(*shape, generator=generator, dtype=torch.float64) * scale
        return exact.round(decimals=2) if choose.random() < 0.6 else exact

    weight = numbers(choose.randint(1, 2), channels, size, size)
    padding, stride, loss = choose.randint(0, 2), choose.randint(1, 2), choose.choice(["sum", "pixel"])
    pixel = (0, 0, 0) if loss == "pixel" else None
    x, bias = numbers(channels, side, side), numbers(len(weight))
    return trace_convolution(x, weight, bias, stride=stride, padding=padding, loss=loss, pixel=pixel)


def test_convolutions_add_up_and_so_do_their_products(read: Reader, page: Page) -> None:
    found = []
    for seed in range(60):
        trace = random_convolution(seed)
        steps = sorted(random.Random(seed).sample(range(1, len(trace) + 1), min(len(trace), 15)))
        for step, lines in zip(steps, read(trace, steps), strict=True):
            if wrong := fault(lines):
                found.append(f"seed {seed}, step {step}: {wrong}")
            for *products, subtotal in page.evaluate("(step) => readProducts(step)", step):
                terms = [number(product.replace("−.", "−0.").lstrip()) for product in products]
                if sum(term or 0 for term in terms) != number(subtotal.removeprefix("Σ ")):
                    found.append(f"seed {seed}, step {step}: {products} are not {subtotal}")
    assert found == [], "\n".join(found)


def test_a_line_that_does_not_add_up_is_noticed() -> None:
    assert fault([["0.5", "=", "0.2", "+", "0.2"]]) is not None
    assert fault([["0.06", "=", "0.2", "·", "0.35"]]) is not None
    assert fault([["0.07", "=", "0.2", "·", "0.35"]]) is None
    assert fault([["0.5", "=", "0.2", "+", "0.2", "+", "0.1"]]) is None
