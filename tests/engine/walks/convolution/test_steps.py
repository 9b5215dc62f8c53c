"""The walk through a convolution: its order, its expressions, its words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.engine.layers import Arguments, convolutions, normal
from visualizer.engine import Ref, Trace, trace_convolution
from visualizer.engine.trace.trace import (
    Apply,
    Difference,
    Dot,
    Product,
    Step,
    Sum,
)

ALL = slice(None)


def rgb(**options: object) -> Trace:
    """A 3-channel image under one 3×3 kernel."""
    return trace_convolution(normal(0, 3, 5, 5), normal(1, 1, 3, 3, 3), [0.5], **options)


def writer(trace: Trace, name: str, *index: int) -> Step:
    at = trace.step_of(Ref(name, index))
    assert at is not None
    return trace.steps[at]


def test_the_order_is_forward_loss_and_back_through_kernel_and_image() -> None:
    trace = rgb(loss="squared", target=normal(2, 1, 3, 3))
    assert [(chapter.title, chapter.stop - chapter.start) for chapter in trace.chapters] == [
        ("Forward", 9),
        ("Loss", 19),
        ("Backward: output", 9),
        ("Backward: kernel", 28),
        ("Backward: image", 75),
    ]
    targets = [str(step.target) for step in trace.steps]
    assert targets[:4] == ["y[0,0,0]", "y[0,0,1]", "y[0,0,2]", "y[0,1,0]"]
    assert targets[9:12] == ["error[0,0,0]", "losses[0,0,0]", "error[0,0,1]"] and targets[27] == "loss"
    assert targets[36:38] == ["grad_y[0,2,2]", "grad_weight[0,0,0,0]"]
    assert targets[64:66] == ["grad_bias[0]", "grad_x[0,0,0]"]


def test_an_output_pixel_reads_its_window_its_kernel_and_its_bias() -> None:
    trace = rgb()
    window = Ref("x", (ALL, slice(1, 4), slice(2, 5)))
    kernel = Ref("weight", (0, ALL, slice(0, 3), slice(0, 3)))
    assert writer(trace, "y", 0, 1, 2).expression == Dot(window, kernel, Ref("bias", (0,)))


def test_at_the_border_only_what_lies_on_the_image_is_read() -> None:
    step = writer(rgb(padding=1), "y", 0, 0, 4)
    window = Ref("x", (ALL, slice(0, 2), slice(3, 5)))
    kernel = Ref("weight", (0, ALL, slice(1, 3), slice(0, 2)))
    assert step.expression == Dot(window, kernel, Ref("bias", (0,)))
    assert step.title == "One output pixel at the border: 12 of 27 products and the bias"
    assert "padding" in step.note and "12 of the 27" in step.note


@pytest.mark.parametrize(("bias", "left"), [([0.5], Ref("bias", (0,))), (None, 0.0)])
def test_a_window_on_padding_alone_leaves_the_bias(bias: list[float] | None, left: object) -> None:
    trace = trace_convolution([[[2.0]]], [[[[3.0]]]], bias, padding=1, grad_y=normal(0, 1, 3, 3))
    corner = writer(trace, "y", 0, 0, 0)
    assert corner.expression == left and "sees only padding" in corner.title
    assert float(trace["y"][0, 0, 0]) == (0.5 if bias else 0)


def test_dilation_and_stride_are_steps_of_slices() -> None:
    trace = trace_convolution(
        normal(0, 1, 9, 9), normal(1, 1, 1, 3, 3), stride=2, dilation=2, grad_y=normal(2, 1, 3, 3)
    )
    assert str(writer(trace, "y", 0, 1, 2).expression.left) == "x[:,2:7:2,4:9:2]"
    weight = writer(trace, "grad_weight", 0, 0, 1, 2).expression
    assert weight == Dot(Ref("grad_y", (0, slice(0, 3), slice(0, 3))), Ref("x", (0, slice(2, 7, 2), slice(4, 9, 2))))


def test_a_pixel_reads_its_windows_and_the_kernel_backwards() -> None:
    step = writer(rgb(loss="sum"), "grad_x", 1, 2, 3)
    grads = Ref("grad_y", (ALL, slice(0, 3), slice(1, 3)))
    assert step.expression == Dot(grads, Ref("weight", (ALL, 1, slice(2, None, -1), slice(2, 0, -1))))
    assert "6 windows" in step.note


def test_what_no_window_uses_gets_no_gradient() -> None:
    trace = trace_convolution(normal(0, 1, 2, 3), normal(1, 1, 1, 2, 1), padding=(0, 1, 0, 0), stride=2, loss="sum")
    unseen = writer(trace, "grad_x", 0, 0, 1)
    assert unseen.expression == 0.0 and "No window" in unseen.note
    padding = trace_convolution([[[1.0]]], [[[[1.0, 2.0]]]], padding=(0, 0, 0, 1), loss="sum")
    assert writer(padding, "grad_weight", 0, 0, 0, 1).expression == 0.0
    assert "zero of the padding" in writer(padding, "grad_weight", 0, 0, 0, 1).note


def test_a_bias_adds_up_its_filter() -> None:
    step = writer(rgb(loss="sum"), "grad_bias", 0)
    assert step.expression == Sum((Ref("grad_y", (0, ALL, ALL)),))
    assert step.title == "How much does the loss change with the bias b?"


def test_the_losses_start_the_way_back() -> None:
    error = Ref("error", (0, 0, 0))
    squared = rgb(loss="squared", target=normal(2, 1, 3, 3))
    assert writer(squared, "error", 0, 0, 0).expression == Difference(Ref("target", (0, 0, 0)), Ref("y", (0, 0, 0)))
    assert writer(squared, "losses", 0, 0, 0).expression == Product((0.5, error, error))
    assert writer(squared, "grad_y", 0, 0, 0).expression == Apply("negative", (error,))
    assert writer(squared, "loss").expression == Sum((Ref("losses"),))
    assert writer(rgb(loss="sum"), "loss").expression == Sum((Ref("y"),))
    pixel = rgb(loss="pixel", pixel=(0, 1, 2))
    assert writer(pixel, "loss").expression == Ref("y", (0, 1, 2))
    assert [writer(pixel, "grad_y", 0, 1, column).expression for column in (1, 2)] == [0.0, 1.0]


def test_symbols_drop_what_is_one() -> None:
    trace = rgb(loss="sum")
    assert trace.symbol(Ref("x", (2, 0, 3))) == "x₃,₁,₄"
    assert trace.symbol(Ref("grad_weight", (0, 0, 1, 0))) == "∂ℓ/∂w₁,₂,₁"
    assert trace.symbol(Ref("y", (0, 1, 2))) == "y₂,₃" and trace.symbol(Ref("bias", (0,))) == "b"
    grey = trace_convolution(normal(0, 1, 3, 3), normal(1, 2, 1, 3, 3), [1, 2])
    assert grey.symbol(Ref("weight", (1, 0, 2, 2))) == "w₂,₃,₃" and grey.symbol(Ref("x", (0, 1, 1))) == "x₂,₂"
    assert grey.symbol(Ref("bias", (1,))) == "b₂" and grey.symbol(Ref("y", (1, 0, 0))) == "y₂,₁,₁"


def test_longer_strides_are_rows_and_channels() -> None:
    trace = trace_convolution(normal(0, 2, 3, 3), normal(1, 2, 2, 2, 2), [1, 2], loss="sum")
    layers = list(dict.fromkeys((step.phase, step.layer) for step in trace.steps))
    assert layers == [
        *(("forward", "output channel 1"), ("forward", "output channel 2"), ("loss", "loss"), ("backward", "output")),
        *(("backward", "kernel 1"), ("backward", "kernel 2")),
        *(("backward", "image channel 1"), ("backward", "image channel 2")),
    ]
    assert writer(trace, "y", 1, 1, 0).unit == "row 2"
    assert writer(trace, "grad_weight", 1, 1, 0, 0).unit == "channel 2, row 1"


def test_all_of_it_in_one_formula() -> None:
    last = rgb().overview[-1]
    assert last == ("sub", "x", "c,i+u−1,j+v−1")
    strided = trace_convolution(normal(0, 1, 5, 5), normal(1, 1, 1, 2, 2), stride=2, padding=1, dilation=3)
    assert strided.overview[-1] == ("sub", "x", "2i+3u−5,2j+3v−5")
    assert "padding" in strided.legend


@settings(max_examples=40)
@given(convolutions())
def test_thousands_of_steps_share_a_handful_of_words(arguments: Arguments) -> None:
    try:
        trace = trace_convolution(**arguments, loss="sum")
    except ValueError:
        return
    rows, columns = trace["weight"].shape[2:]
    kinds = 20 + (1 + rows * columns) ** 2
    assert len({step.note for step in trace.steps}) <= kinds
    assert len({step.title for step in trace.steps}) <= kinds + trace["weight"].numel() + trace["y"].shape[0]


def test_a_colour_image_has_a_step_for_each_of_its_numbers() -> None:
    trace = trace_convolution(normal(0, 3, 32, 32), normal(1, 1, 3, 3, 3), bias=[0.1], grad_y=normal(2, 1, 30, 30))
    assert len(trace) == 900 + 27 + 1 + 3072
