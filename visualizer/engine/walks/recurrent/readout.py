"""An output layer with a loss on top of an RNN or LSTM: its arguments, checked, and its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from torch import Tensor
from torch.nn import functional

from visualizer.engine.arguments import checked_tensor, short
from visualizer.engine.walks.losses import LOSSES, Loss
from visualizer.engine.walks.network.net import TARGETS_TOLERANCE
from visualizer.engine.walks.softmax.steps import softmax_arrays

READOUT_LOSSES = ("squared", "cross_entropy")


@dataclass(frozen=True, eq=False)
class Readout:
    """What `trace_rnn` and `trace_lstm` take for outputs and a loss on top of the hidden states.

    Shapes: weight (n_out, n); bias (n_out,) or None; targets (T, n_out). `mask` has a bool for each time step: there
    is an output and a loss only where it is True; None is everywhere. `loss` "cross_entropy" is softmax outputs and
    −Σ y ln(out) in nats, "squared" is ½ Σ (y − out)²; both are summed over time steps and outputs, not averaged.
    `classes` are the outputs' names for people; without them they are numbered.
    """

    weight: object
    bias: object
    targets: object
    mask: Iterable[bool] | None = None
    loss: str = "cross_entropy"
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Output:
    """A checked output layer. `times` are the time steps with an output, M of them, counted from 0.

    Shapes: weight (n_out, n); bias (n_out,); targets (M, n_out).
    """

    weight: Tensor
    bias: Tensor | None
    targets: Tensor
    times: tuple[int, ...]
    loss: Loss
    classes: tuple[str, ...] = ()

    def class_name(self, place: int) -> str:
        return f"“{self.classes[place]}”" if self.classes else f"class {place + 1}"

    @property
    def size(self) -> int:
        return self.weight.shape[0]

    @property
    def softmax(self) -> bool:
        return self.loss.softmax


def checked_output(readout: object, length: int, units: int) -> Output:
    """A Readout as an Output of its own copies.

    Raises: ValueError naming the field, its value and the limit.
    """
    if not isinstance(readout, Readout):
        raise ValueError(f"readout must be a Readout or None, got {short(readout)}")
    if not isinstance(readout.loss, str) or readout.loss not in READOUT_LOSSES:
        raise ValueError(f"readout.loss must be one of {', '.join(READOUT_LOSSES)}, got {short(readout.loss)}")
    weight = checked_tensor("readout.weight", readout.weight, "outputs, units")
    if weight.shape[1] != units:
        raise ValueError(
            f"readout.weight must have {units} columns, one for each hidden unit, got shape {tuple(weight.shape)}"
        )
    bias = None if readout.bias is None else checked_tensor("readout.bias", readout.bias, "outputs")
    if bias is not None and bias.shape[0] != weight.shape[0]:
        raise ValueError(
            f"readout.bias must have {weight.shape[0]} numbers, one for each row of readout.weight, got {bias.shape[0]}"
        )
    times = _checked_times(readout.mask, length)
    loss = LOSSES[readout.loss]
    if readout.classes and len(readout.classes) != weight.shape[0]:
        raise ValueError(f"readout.classes must have {weight.shape[0]} names, got {len(readout.classes)}")
    targets = _checked_targets(readout.targets, length, weight.shape[0], times, loss)
    return Output(weight, bias, targets, times, loss, tuple(readout.classes))


def _checked_times(mask: object, length: int) -> tuple[int, ...]:
    if mask is None:
        return tuple(range(length))
    try:
        given = mask.tolist() if isinstance(mask, Tensor) else list(mask)  # type: ignore[call-overload]
    except TypeError as error:
        raise ValueError(f"readout.mask must be None or a bool for each time step, got {short(mask)}") from error
    if not isinstance(given, list) or not all(isinstance(part, bool) for part in given):
        raise ValueError(f"readout.mask must be None or a bool for each time step, got {short(mask)}")
    if len(given) != length:
        raise ValueError(f"readout.mask must have {length} bools, one for each row of x, got {len(given)}")
    if not any(given):
        raise ValueError("readout.mask must be True for at least 1 time step, got False for all")
    return tuple(t for t, there in enumerate(given) if there)


def _checked_targets(targets: object, length: int, outputs: int, times: tuple[int, ...], loss: Loss) -> Tensor:
    tensor = checked_tensor("readout.targets", targets, "time steps, outputs")
    if tuple(tensor.shape) != (length, outputs):
        raise ValueError(
            f"readout.targets must have shape {(length, outputs)}, a row for each row of x and a column for each row "
            f"of readout.weight, got {tuple(tensor.shape)}"
        )
    if outputs < loss.least_outputs:
        raise ValueError(
            f"readout.loss {loss.name!r} needs at least {loss.least_outputs} outputs, readout.weight has {outputs}"
        )
    rows = tensor[list(times)]
    if not loss.softmax:
        return rows
    if float(rows.min()) < 0:
        raise ValueError(f"readout.targets must not be negative with loss {loss.name!r}, got {float(rows.min())}")
    sums = rows.sum(dim=1)
    worst = int((sums - 1).abs().argmax())
    if abs(float(sums[worst]) - 1) > TARGETS_TOLERANCE:
        raise ValueError(
            f"each row of readout.targets must add up to 1 with loss {loss.name!r}, "
            f"row {times[worst]} adds up to {float(sums[worst]):g}"
        )
    return rows


def output_arrays(output: Output, h: Tensor) -> dict[str, Tensor]:
    """The outputs and the loss, from all hidden states h (T, n).

    Shapes: z and p (M, n_out); losses (M,); loss (); with cross-entropy what `softmax_arrays` lists. Row m belongs to
    the m-th time step with an output.
    """
    z = functional.linear(h[list(output.times)], output.weight, output.bias)
    if output.softmax:
        found = softmax_arrays(z)
        losses = (output.targets * (found["log_sum_exp"][:, None] - z)).sum(dim=1)
        p = found["exps"] / found["total"][:, None]
        return {"z": z, **found, "p": p, "losses": losses, "loss": losses.sum()}
    losses = 0.5 * (output.targets - z).square().sum(dim=1)
    return {"z": z, "losses": losses, "loss": losses.sum()}


def output_gradients(output: Output, arrays: dict[str, Tensor]) -> dict[str, Tensor]:
    """How the loss changes with the outputs, the output layer's parameters, and the hidden states below an output.

    Shapes: grad_z (M, n_out); grad_h_above (M, n); grad_weight_out (n_out, n); grad_bias_out (n_out,).
    """
    grad_z = arrays["p" if output.softmax else "z"] - output.targets
    bias = {} if output.bias is None else {"grad_bias_out": grad_z.sum(dim=0)}
    return {
        "grad_z": grad_z,
        "grad_h_above": grad_z @ output.weight,
        "grad_weight_out": grad_z.T @ arrays["h"][list(output.times)],
        **bias,
    }
