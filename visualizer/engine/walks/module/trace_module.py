"""Anybody's own stack of torch's layers as a walk."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor, nn

from visualizer.engine.arguments import short
from visualizer.engine.trace.derive import derive
from visualizer.engine.trace.trace import Phase, Step, Trace, chapters_of
from visualizer.engine.walks.module import layers as layers
from visualizer.engine.walks.module.autograd import autograd_arrays, begins_with_tokens, copied
from visualizer.engine.walks.module.losses import ModuleLoss, Start, checked_loss, checked_target, write_loss
from visualizer.engine.walks.module.residual import Residual, write_sum
from visualizer.engine.walks.module.stack import Leaves, axis_of_examples, checked_layers, go_through
from visualizer.engine.walks.module.tape import RULES, Tape, as_written, joined
from visualizer.engine.walks.module.updates import checked_optimizer, write_updates
from visualizer.engine.walks.module.words import legend, summary, title, words

MAX_STEPS = 20_000
_CHAPTERS: dict[Phase, str] = {"forward": "Forward", "loss": "Loss", "backward": "Backward", "update": "Update"}


def trace_module(
    module: nn.Module,
    x: object,
    target: object = None,
    *,
    loss: object = None,
    grad: object = None,
    optimizer: object = None,
) -> Trace:
    """The forward pass of a stack of layers and, with a target or `grad`, its backward pass, step by step.

    `module` is one of the layers in `RULES`, an `nn.Sequential` of them (nested ones, too), or a `Residual`. x is as
    torch takes it, in a batch or not; `target` has the output's shape, or holds class indices. `loss` is a name in
    `losses.LOSSES` or a loss of torch's; without one it is "cross_entropy" (summed) for class indices, and else
    "squared" (½ Σ (y − out)²). `grad`, in place of a target, is ∂ℓ/∂out, of the output's shape. `optimizer` is one of
    torch's on the module's parameters: its next step is written down, too.

    Arrays are named as in the `state_dict`, activations by the layer's path ("2.out"), gradients "grad_" and the name.
    All numbers are float64; the module is left as it was.

    Raises: ValueError naming the layer or argument, what is wrong with it and what is supported.
    Source: Linnainmaa 1970 for the backward pass, which is derived from the forward steps.
    """
    with torch.inference_mode(False), torch.no_grad():
        leaves = checked_layers(module)
        assert isinstance(module, nn.Module)
        own = None if optimizer is None else checked_optimizer(optimizer, module)
        tape = Tape()
        numbers = _checked_input(x, module)
        tape.declare("x", numbers, "x", path="", example=axis_of_examples(list(leaves.values()), numbers))
        shapes: dict[str, Tensor] = {}
        given = go_through(copied(module), "", _as_input(tape.arrays["x"], module), shapes, {})
        checked, wanted = _checked_goal(loss, target, grad, given)
        backward = checked is not None or wanted is not None
        _check_size(tape, leaves, shapes, backward=backward)
        out = _walk(tape, module, "", "x")
        forward = list(tape.steps)
        start = None if checked is None or wanted is None else write_loss(tape, checked, out, wanted)
        steps = list(tape.steps)
        if backward:
            steps += _backward(tape, module, out, forward, start, None if checked else wanted)
        checks = autograd_arrays(module, tape.arrays, checked, None if checked else wanted)
        if own is not None:
            if not backward:
                raise ValueError("optimizer needs a target or grad, from which the gradients follow")
            tape.steps.clear()
            checks |= write_updates(tape, own, module)
            steps += tape.steps
    final = tuple(steps)
    return Trace(
        kind="module",
        arrays=tape.arrays,
        steps=final,
        chapters=chapters_of(final, _CHAPTERS),
        symbols=tape.symbols,
        checks={name: value for name, value in checks.items() if name in tape.arrays},
        title=title(leaves),
        summary=summary(leaves, checked, backward=backward),
        legend=legend(leaves),
    )


def _walk(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """The forward pass of a stack, layer by layer; the name of its output."""
    if isinstance(module, nn.Sequential):
        for key, child in module._modules.items():
            assert child is not None
            x = _walk(tape, child, joined(path, key), x)
        return x
    if isinstance(module, Residual):
        y = _walk(tape, module.module, joined(path, "module"), x)
        tape.layer = _name(module, path)
        return write_sum(tape, path, x, y)
    tape.layer = _name(module, path)
    return RULES[type(module)](tape, module, path, x)


def _name(module: nn.Module, path: str) -> str:
    return f"{path} {type(module).__name__}".strip()


def _backward(
    tape: Tape, module: nn.Module, out: str, forward: list[Step], start: Start | None, grad: Tensor | None
) -> list[Step]:
    """The steps that follow from the forward ones; their arrays go onto the tape."""
    numbers = {name: array.numpy() for name, array in tape.arrays.items()}
    wanted = tape.wanted if begins_with_tokens(module) else [*tape.wanted, "x"]
    derived = derive(
        forward,
        numbers,
        wanted=wanted,
        start={out: start.expression_at} if start else {},
        given={} if grad is None else {out: grad.numpy()},
        words=words(tape, out, start.note if start else ""),
        constants=tuple(tape.constants),
    )
    for name, values in derived.arrays.items():
        of = name.removeprefix("grad_")
        tape.array(name, torch.from_numpy(values), replace(tape.symbols[of], prefix="∂ℓ/∂"))
    return derived.steps


# ---- arguments ---------------------------------------------------------------------------------------------------


def _checked_input(x: object, module: nn.Module) -> Tensor:
    numbers = _tensor("x", x)
    if not begins_with_tokens(module):
        return numbers
    if not torch.equal(numbers, numbers.round()):
        raise ValueError("x must hold whole numbers, the tokens that the first layer looks up")
    return numbers


def _as_input(x: Tensor, module: nn.Module) -> Tensor:
    return x.long() if begins_with_tokens(module) else x


def _tensor(name: str, value: object) -> Tensor:
    """float64, finite, with at least one number."""
    try:
        given = value if isinstance(value, Tensor) else torch.as_tensor(value)
        if given.is_complex():
            raise TypeError
        numbers = as_written(given)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ValueError(f"{name} must be a tensor of numbers, got {short(value)}") from error
    if not numbers.numel():
        raise ValueError(f"{name} must not be empty, got shape {tuple(numbers.shape)}")
    if not bool(torch.isfinite(numbers).all()):
        raise ValueError(f"{name} must be finite")
    return numbers


def _checked_goal(loss: object, target: object, grad: object, out: Tensor) -> tuple[ModuleLoss | None, Tensor | None]:
    """The loss with its target, or no loss with the given gradient, or neither."""
    if grad is not None:
        if target is not None or loss is not None:
            raise ValueError("grad must not be given with a target or a loss, which give it")
        given = _tensor("grad", grad)
        if given.shape != out.shape:
            raise ValueError(f"grad must have the output's shape {tuple(out.shape)}, got {tuple(given.shape)}")
        return None, given
    if target is None:
        if loss is not None:
            raise ValueError("loss needs a target, got target None")
        return None, None
    given = target if isinstance(target, Tensor) else torch.as_tensor(target)
    checked = checked_loss(loss, given)
    numbers = _tensor("target", given)
    indices = checked.kind == "cross_entropy" and not given.is_floating_point()
    return checked, checked_target(checked, numbers.long() if indices else numbers, out)


def _check_size(tape: Tape, leaves: Leaves, shapes: dict[str, Tensor], *, backward: bool) -> None:
    """Raises: ValueError where the walk has more than MAX_STEPS steps, with what would be fewer."""
    outputs = {name: value.numel() for name, value in shapes.items()}
    learned = sum({id(p): p.numel() for layer in leaves.values() for p in layer.parameters()}.values())
    forward = sum(outputs.values())
    count = forward + (forward + learned + tape.arrays["x"].numel() if backward else 0)
    if count <= MAX_STEPS:
        return
    largest = max(outputs, key=lambda name: outputs[name])
    axis = tape.examples["x"]
    examples = 1 if axis is None else tape.arrays["x"].shape[axis]
    fewer = int((MAX_STEPS - learned * backward) * examples / max(1, count - learned * backward))
    advice = (
        f"take {fewer} of the {examples} examples"
        if examples > 1 and fewer >= 1
        else f"make it smaller: {largest} alone holds {outputs[largest]:,} numbers, and the parameters {learned:,}"
    )
    raise ValueError(f"the walk would have at least {count:,} steps, at most {MAX_STEPS:,} are played: {advice}")
