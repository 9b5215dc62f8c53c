"""The walk through the net on the desk: its numbers, where it starts from, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from visualizer.engine.stacks.code.code import build_module
from visualizer.engine.stacks.presets import PRESETS, SMALL
from visualizer.engine.stacks.text import parse_stack
from visualizer.engine.trace.trace import Ref
from visualizer.lessons.counting_desk.walk.lesson import DeskLesson, drawn_input, start_arrays, trace_of, why_not
from visualizer.lessons.counting_desk.walk.settings import FORWARD, SCORE, DeskWalk, WalkSettings
from visualizer.lessons.counting_desk.walk.weights import OwnWeights


def walk(text: str, **settings: object) -> DeskWalk:
    return DeskWalk(parse_stack(text), WalkSettings(**settings))


def lesson(text: str, x: torch.Tensor | None = None, **settings: object) -> DeskLesson:
    chosen = walk(text, **settings)
    return DeskLesson(chosen, drawn_input(chosen.stack, 0) if x is None else x)


def test_the_numbers_are_those_of_the_same_module_in_torch() -> None:
    chosen = walk("1x6x6 conv2k3 relu max2 flatten fc3", target=2)
    arrays = start_arrays(chosen, drawn_input(chosen.stack, 1))
    trace = trace_of(chosen, arrays)
    module = build_module(chosen.stack, "cpu").double()
    module.load_state_dict({name: value for name, value in arrays.items() if name != "x"})
    loss = torch.nn.functional.cross_entropy(module(arrays["x"]), torch.tensor([1]))
    loss.backward()
    torch.testing.assert_close(trace["loss"], loss.detach())
    for name, parameter in module.named_parameters():
        torch.testing.assert_close(trace[f"grad_{name}"], parameter.grad, rtol=1e-10, atol=1e-12)


def test_the_score_alone_begins_with_a_gradient_of_1() -> None:
    trace = lesson("4 fc3 tanh fc2", goal=SCORE, target=2).trace
    assert trace["grad_2.out"].tolist() == [[0.0, 1.0]]
    assert "loss" not in trace.arrays


def test_forward_only_has_no_gradients() -> None:
    assert not any(name.startswith("grad_") for name in lesson("4 fc3", goal=FORWARD).trace.arrays)


def test_a_class_beyond_the_outputs_is_the_last_one() -> None:
    assert lesson("4 fc3", target=900).trace["target"].tolist() == [[0.0, 0.0, 1.0]]


def test_the_same_seed_draws_the_same_numbers_and_leaves_torchs_own_alone() -> None:
    torch.manual_seed(5)
    before = torch.random.get_rng_state()
    one, other = (lesson("4 fc3", seed=7).arrays for _ in range(2))
    assert torch.equal(before, torch.random.get_rng_state())
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert not torch.equal(one["0.weight"], lesson("4 fc3", seed=8).arrays["0.weight"])


def test_an_edit_changes_the_walk_and_can_be_undone() -> None:
    changed = lesson("4 fc3")
    before = changed.trace["0.out"].clone()
    changed.edit(Ref("0.weight", (0, 0)), 5.0)
    assert changed.trace["0.out"][0, 0] != before[0, 0]
    assert changed.kept == {"desk_numbers": "a0.0~5"}
    changed.undo()
    assert torch.equal(changed.trace["0.out"], before)


def test_every_layer_of_a_link_is_called_by_its_letter() -> None:
    edits = {Ref("x", (0, 1)): 2.0, Ref("22.weight", (0,)): 1.0, Ref("3.bias", (1,)): -1.5}
    text = DeskLesson.address.edits.text(edits)
    assert DeskLesson.address.edits.parse(text) == edits


@pytest.mark.parametrize("name", [name for name in PRESETS if name not in (SMALL, "lesson", "lenet5")])
def test_large_nets_are_refused_before_any_weight_is_drawn(name: str) -> None:
    assert "at most 20,000 are played" in why_not(DeskWalk(PRESETS[name].stack, WalkSettings()))


@pytest.mark.parametrize(
    ("text", "beside", "words"),
    [
        ("1x6x6 conv2k3 lrn5 flatten fc2", "net", "LocalResponseNorm, which can't be walked"),
        ("1x6x6 conv2k3", "net", "end the stack with flatten and a fully connected layer"),
        ("1x6x6 conv2k9", "net", "Layer 1"),
        ("4", "net", "no layers yet"),
    ],
)
def test_what_is_refused_leaves_a_small_net(text: str, beside: str, words: str) -> None:
    refused = lesson(text)
    assert refused.refusal is not None
    assert refused.refusal.beside == beside
    assert words in refused.refusal.text
    assert refused.settings.stack == PRESETS[SMALL].stack
    assert len(refused.trace) > 100


def test_a_crop_of_another_size_is_refused_beside_the_image() -> None:
    refused = lesson("1x6x6 flatten fc2", torch.zeros(1, 1, 8, 8).double())
    assert refused.refusal is not None
    assert refused.refusal.beside == "image"
    assert "takes 1 × 6 × 6, but the crop is 1 × 8 × 8" in refused.refusal.text


# ---- own weights -------------------------------------------------------------------------------------------------

SHAPES = {"0.weight": torch.Size([3, 4]), "0.bias": torch.Size([3])}


def own(**tensors: torch.Tensor) -> OwnWeights:
    return OwnWeights(tensors)


def test_own_weights_are_told_by_their_names_or_by_their_shapes() -> None:
    weight, bias = torch.rand(3, 4).double(), torch.rand(3).double()
    for brought in (OwnWeights({"0.weight": weight, "0.bias": bias}), own(fc_bias=bias, fc_weight=weight)):
        found = brought.of(SHAPES)
        assert torch.equal(found["0.weight"], weight)
        assert torch.equal(found["0.bias"], bias)
    chosen = replace(walk("4 fc3"), own=own(fc_bias=bias, fc_weight=weight))
    assert torch.equal(DeskLesson(chosen, drawn_input(chosen.stack, 0)).trace["0.weight"], weight)


@pytest.mark.parametrize(
    ("brought", "words"),
    [
        (
            {"0.weight": torch.zeros(4, 3), "0.bias": torch.zeros(3)},
            "0.weight must be 3×4, in the file it is 4×3",
        ),
        ({"w": torch.zeros(3, 4)}, "the file has no 0.bias of shape 3"),
        ({"w": torch.zeros(3, 4), "a": torch.zeros(3), "b": torch.zeros(3)}, "by shape alone it can't be told"),
    ],
)
def test_own_weights_that_do_not_fit_are_refused(brought: dict[str, torch.Tensor], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        OwnWeights(brought).of(SHAPES)
    refused = DeskLesson(replace(walk("4 fc3"), own=OwnWeights(brought)), drawn_input(parse_stack("4 fc3"), 0))
    assert refused.refusal is not None
    assert refused.refusal.beside == "net"
