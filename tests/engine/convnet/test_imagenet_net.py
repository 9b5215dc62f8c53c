"""The net that learned on ImageNet: loaded once, the same numbers as its package gives, and sensible classes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch

from visualizer.engine.convnet.imagenet_net import (
    FEATURES,
    SIDE,
    STAGE_MAPS,
    class_names,
    is_loaded,
    load_net,
    see,
    top_classes,
)
from visualizer.engine.retrieval.image_vectors import squeezed
from visualizer.inputs.images.samples import SAMPLES

CAT = squeezed(SAMPLES["cat"]().pixels)


def test_the_numbers_are_those_of_the_package() -> None:
    seen, net = see(CAT), load_net()
    pixels = (torch.tensor(CAT).permute(2, 0, 1)[None].float() - 127) / 128
    with torch.inference_mode():
        features = net.extract_features(pixels).mean((2, 3))[0]
        logits = net(pixels)[0]
    assert torch.allclose(seen.features, features, atol=1e-5)
    assert torch.allclose(seen.logits, logits, atol=1e-4)
    assert tuple(stage.numel() for stage in seen.stages) == STAGE_MAPS
    assert seen.features.shape == (FEATURES,)


@pytest.mark.parametrize(
    ("sample", "words"), [("cat", ("cat", "tabby")), ("coffee", ("espresso", "cup")), ("camera", ("tripod",))]
)
def test_the_likeliest_class_of_a_photo_is_sensible(sample: str, words: tuple[str, ...]) -> None:
    classes = top_classes(see(squeezed(SAMPLES[sample]().pixels)).logits)
    assert any(word in classes[0].name for word in words)
    assert len(classes) == 5
    assert classes[0].probability > 0.5
    assert sum(each.probability for each in classes) <= 1


def test_probabilities_are_a_softmax_over_all_classes() -> None:
    logits = torch.zeros(1000)
    logits[3] = torch.log(torch.tensor(999.0))
    first, second, *_ = top_classes(logits)
    assert (first.number, first.name) == (3, class_names()[3])
    assert first.probability == pytest.approx(0.5, abs=1e-6)
    assert second.probability == pytest.approx(0.5 / 999, abs=1e-6)


def test_a_thousand_classes_have_names() -> None:
    assert len(class_names()) == 1000
    assert class_names()[281] == "tabby"
    assert all(name and "," not in name for name in class_names())


def test_the_net_is_loaded_once_for_all_and_nothing_learns() -> None:
    with ThreadPoolExecutor(4) as threads:
        nets = list(threads.map(lambda _: load_net(), range(4)))
    assert all(net is nets[0] for net in nets)
    assert is_loaded()
    assert not nets[0].training
    assert sum(weight.numel() for weight in nets[0].parameters()) == 4_652_008
    assert not any(weight.requires_grad for weight in nets[0].parameters())


def test_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=rf"square: must be \({SIDE}, {SIDE}, 3\)"):
        see(np.zeros((SIDE, SIDE), np.uint8))
