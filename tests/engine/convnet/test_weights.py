"""The trained ConvNets that come with the app: they load, and do what the file of results says."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from visualizer.engine.convnet.training import measure_convnet
from visualizer.engine.convnet.weights import FOLDER, SHAPES, convnet_results, load_convnet, save_convnet
from visualizer.engine.data.images import Images
from visualizer.engine.data.labelled_images import Name, labelled_images

MIN = {"digits": 0.98, "fashion": 0.9, "signs": 0.96}


@pytest.mark.parametrize("name", SHAPES)
def test_a_net_reaches_on_the_test_images_what_the_results_say(name: Name) -> None:
    net, told, test = load_convnet(name), convnet_results()[name], labelled_images(name, "test")
    assert net is load_convnet(name)
    assert all(value.dtype == torch.float32 for value in net.parameters.values())
    _, accuracy = measure_convnet(net, Images(test.images, test.labels))
    assert accuracy == pytest.approx(told["shipped_accuracy"], abs=1e-3)
    assert told["accuracy"] >= MIN[name] and told["test_images"] >= len(test)
    assert told["parameters"] == net.shape.parameters
    assert told["images"] == test.about and told["classes"] == len(test.classes)


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="name must be one of digits"):
        load_convnet("../secret")


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    path = save_convnet(load_convnet("digits"), "digits", tmp_path)
    assert path.read_bytes() == (FOLDER / path.name).read_bytes()
