"""What the figure of all layers is drawn from: every number, exactly."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.lessons.convnet.nets import small_lesson
from tests.web.unpacking import unpacked
from visualizer.engine.convnet.convnet import LAYERS, PARAMETERS
from visualizer.lessons.convnet.overview.payload import gradients_text, net_text, values_text


def test_every_layer_travels_in_double_precision() -> None:
    lesson = small_lesson()
    _, arrays = unpacked(values_text(lesson))
    assert tuple(arrays) == LAYERS
    for name in LAYERS:
        assert arrays[name].dtype == np.float64
        assert np.array_equal(arrays[name], lesson.found[name][0].numpy())


def test_weights_travel_as_they_are() -> None:
    lesson = small_lesson()
    header, arrays = unpacked(net_text(lesson.net))
    for name in PARAMETERS:
        assert arrays[name].dtype == np.float32  # in which the net was made
        assert np.array_equal(arrays[name].astype(np.float64), lesson.net[name].numpy())
    layers = {layer["name"]: layer for layer in header["layers"]}
    assert (layers["conv2"]["maps"], layers["conv2"]["side"], layers["conv2"]["source"]) == (4, 5, "pool1")
    assert layers["p"]["maps"] == 3


def test_weights_that_need_it_travel_in_double_precision() -> None:
    lesson = small_lesson()
    third = lesson.net.parameters["out_bias"] + torch.tensor(1 / 3, dtype=torch.float64)
    net = type(lesson.net)(lesson.net.shape, {**lesson.net.parameters, "out_bias": third})
    assert unpacked(net_text(net))[1]["out_bias"].tolist() == third.tolist()


def test_gradients_are_those_of_the_target() -> None:
    lesson = small_lesson()
    _, arrays = unpacked(gradients_text(lesson, 2))
    p = lesson.found["p"][0].clone()
    p[2] -= 1
    assert arrays["z"].tolist() == pytest.approx(p.tolist(), abs=1e-12)
    assert arrays["conv2_weight"].shape == (4, 2, 3, 3)
    assert arrays["x"].shape == (1, 11, 11)
