"""A homework played through in Convolution and Pooling: pasted arrays, and every gradient held against torch."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest
from torch import Tensor
from torch.nn import functional

from tests.pages.opening import opened
from tests.pages.test_grid_lessons import said, walks
from visualizer.engine import Trace

IMAGE = np.arange(25, dtype=float).reshape(5, 5) % 7 - 2
KERNEL = r"\begin{pmatrix} 1 & 0 & -1 \\ 2 & \frac{1}{2} & -2 \\ 1 & 0 & -1 \end{pmatrix}"
KERNEL_READ = torch.tensor([[[[1, 0, -1], [2, 0.5, -2], [1, 0, -1]]]], dtype=torch.float64)
TWO_CHANNELS = torch.arange(18, dtype=torch.float64).reshape(2, 3, 3) % 5
TWO_KERNELS = torch.arange(16, dtype=torch.float64).reshape(2, 2, 2, 2) % 3 - 1
POOLED = r"\left[\begin{array}{cccc} 1&3&2&0 \\ 4&2&1&5 \\ 0&1&9&2 \\ 7&2&3&3 \end{array}\right]"


def paste(app: AppTest, **texts: str) -> None:
    for name, text in texts.items():
        app.text_area(key=f"{name}_text").set_value(text).run()
        assert said(app) == ""


def reloaded(app: AppTest, page: str) -> AppTest:
    query = {name: texts[0] if isinstance(texts, list) else texts for name, texts in app.query_params.items()}
    return opened(page, **query)


def check(app: AppTest, page: str, leaves: dict[str, Tensor], y: Tensor, grad_y: Tensor) -> None:
    """The walk's output and gradients are torch's, before and after a reload."""
    assert not app.exception
    trace: Trace = app.session_state[f"{page}_lesson"].trace
    grads = torch.autograd.grad(y, list(leaves.values()), grad_y)
    torch.testing.assert_close(trace["y"], y.detach()[0], atol=1e-10, rtol=0)
    for name, grad in zip(leaves, grads, strict=True):
        torch.testing.assert_close(trace[f"grad_{name}"], grad.reshape(trace[name].shape), atol=1e-10, rtol=0)
    assert trace.replay() <= 1e-12
    again = reloaded(app, page)
    assert said(again) == ""
    assert walks(again)[0]["blob"] == walks(app)[0]["blob"]


def test_a_stride_of_2_with_padding_on_the_left_alone() -> None:
    app = opened("convolution", stride="2", padding="four sides", pad_left="1", backward="given gradient")
    gradient = torch.tensor([[[1.0, -2], [0.5, 3]]], dtype=torch.float64)
    paste(app, own_image=repr(IMAGE), own_kernel=KERNEL, own_bias="0.5", own_gradient=str(gradient[0]))
    leaves = {
        "x": torch.tensor(IMAGE)[None, None].requires_grad_(),
        "weight": KERNEL_READ.clone().requires_grad_(),
        "bias": torch.tensor([0.5], dtype=torch.float64).requires_grad_(),
    }
    y = functional.conv2d(functional.pad(leaves["x"], (1, 0, 0, 0)), leaves["weight"], leaves["bias"], stride=2)
    check(app, "convolution", leaves, y, gradient[None])


def test_two_kernels_over_an_image_of_two_channels() -> None:
    app = opened("convolution", backward="given gradient")
    paste(app, own_image=str(TWO_CHANNELS.tolist()), own_kernel=repr(TWO_KERNELS), own_bias="[1, -1]")
    leaves = {"x": TWO_CHANNELS[None].clone().requires_grad_(), "weight": TWO_KERNELS.clone().requires_grad_()}
    bias = torch.tensor([1.0, -1], dtype=torch.float64)
    y = functional.conv2d(leaves["x"], leaves["weight"], bias)
    check(app, "convolution", leaves, y, torch.arange(1.0, 9, dtype=torch.float64).reshape(1, 2, 2, 2))


@pytest.mark.parametrize("left", [0, 1])
def test_a_maximum_over_four_by_four(left: int) -> None:
    app = opened("pooling", pool_pad="four sides", pool_pad_left=str(left))
    paste(app, own_image=POOLED, pool_gradient="1 -1\n0.5 2")
    assert app.session_state["pooling_lesson"].trace["x"].tolist()[0][3] == [7, 2, 3, 3]
    x = app.session_state["pooling_lesson"].trace["x"][None].clone().requires_grad_()
    y = functional.max_pool2d(functional.pad(x, (left, 0, 0, 0), value=-torch.inf), 2)
    check(app, "pooling", {"x": x}, y, torch.tensor([[[[1.0, -1], [0.5, 2]]]], dtype=torch.float64))
