"""Every number of a net's forward pass, loss, backward pass and update, twice: by the formulas, and by autograd."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.trace.functions import FUNCTIONS
from visualizer.engine.walks.network.net import Net
from visualizer.engine.walks.softmax.steps import softmax_arrays, softmax_checks


def network_arrays(net: Net) -> dict[str, Tensor]:
    """All arrays of the walk, in the order in which they are written, by the formulas that the steps show.

    Shapes: x (m, n_in); y, out, error, losses (m, n_out); loss and learning_rate (); of layer l with n units, above k:
    Wl (n, k), bl (n,), al and hl (m, n). A grad_… (of out and every a, h, W, b) or new_… (of every W, b; with a
    learning rate only, as learning_rate) has the shape of what it belongs to. error is there with a squared loss only,
    losses only where they are more than one number; with cross-entropy there is what `softmax_arrays` lists.
    Source: Rumelhart, Hinton & Williams 1986.
    """
    with torch.no_grad():
        arrays = _given(net) | _forward(net)
        arrays |= _loss(net, arrays)
        arrays |= _backward(net, arrays)
        if net.learning_rate is not None:
            arrays["learning_rate"] = net.learning_rate
            arrays |= {
                f"new_{name}": arrays[name] - net.learning_rate * arrays[f"grad_{name}"] for name in updated(net)
            }
        return {name: array.clone() + 0.0 for name, array in arrays.items()}  # + 0 makes a −0 a 0


def parameters(net: Net) -> dict[str, Tensor]:
    """Weights and biases by name, layer by layer: W1, b1, W2, b2, …"""
    named: dict[str, Tensor] = {}
    for layer in range(1, net.depth + 1):
        named[f"W{layer}"] = net.weights[layer - 1]
        if (bias := net.bias_of(layer)) is not None:
            named[f"b{layer}"] = bias
    return named


def updated(net: Net) -> tuple[str, ...]:
    """The parameters that an update changes: not the biases where those are held fixed."""
    return tuple(name for name in parameters(net) if not (net.hold_biases and name.startswith("b")))


def _given(net: Net) -> dict[str, Tensor]:
    return {"x": net.x, "y": net.y, **parameters(net)}


def _forward(net: Net) -> dict[str, Tensor]:
    arrays: dict[str, Tensor] = {}
    below = net.x
    for layer in range(1, net.depth + 1):
        total = functional.linear(below, net.weights[layer - 1], net.bias_of(layer))
        arrays[f"a{layer}"] = total
        activation = net.activation_of(layer)
        if activation is None:
            arrays |= softmax_arrays(total)
            below = arrays["exps"] / arrays["total"][:, None]
        else:
            below = FUNCTIONS[activation.function].value(total)
        arrays[net.output_of(layer)] = below
    return arrays


def _loss(net: Net, arrays: dict[str, Tensor]) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    if net.loss.softmax:
        losses = net.y * (arrays["log_sum_exp"][:, None] - arrays[f"a{net.depth}"])
    else:
        found["error"] = net.y - arrays["out"]
        losses = net.loss.shares(found["error"])
    if net.y.numel() > 1:
        found["losses"] = losses
    return found | {"loss": losses.sum() / net.loss.count(net.y)}


def _backward(net: Net, arrays: dict[str, Tensor]) -> dict[str, Tensor]:
    grad = net.loss.grad_out(net.y, arrays["out"])
    grads = {"grad_out": grad}
    for layer in range(net.depth, 0, -1):
        if layer < net.depth:
            grad = grad @ net.weights[layer]
            grads[f"grad_h{layer}"] = grad
        activation = net.activation_of(layer)
        if activation is None:
            grad = (arrays["out"] - net.y) / net.loss.count(net.y)
        else:
            cached = [arrays[f"a{layer}" if activation.cached == "a" else net.output_of(layer)]] * bool(
                activation.cached
            )
            grad = grad * FUNCTIONS[activation.derivative].value(*cached)
        grads[f"grad_a{layer}"] = grad
        grads[f"grad_W{layer}"] = grad.T @ arrays[net.output_of(layer - 1)]
        if net.biases is not None:
            grads[f"grad_b{layer}"] = grad.sum(dim=0)
    return grads


def autograd_arrays(net: Net) -> dict[str, Tensor]:
    """The same arrays as torch has them: layers of torch.nn.functional, gradients by autograd.

    Cross-entropy is torch's, from the logits; as that never forms ∂ℓ/∂out, grad_out is autograd's of −Σ y ln(out).
    """
    with torch.enable_grad():
        named = {name: value.clone().requires_grad_() for name, value in parameters(net).items()}
        below, tracked = net.x, dict(named)
        for layer in range(1, net.depth + 1):
            total = functional.linear(below, named[f"W{layer}"], named.get(f"b{layer}"))
            activation = net.activation_of(layer)
            below = FUNCTIONS[activation.function].value(total) if activation else functional.softmax(total, dim=1)
            tracked[f"a{layer}"], tracked[net.output_of(layer)] = total, below
        loss = net.loss.by_torch(total if net.loss.softmax else below, net.y)
        if net.loss.softmax:
            del tracked["out"]
        grads = torch.autograd.grad(loss, list(tracked.values()))
        found = {f"grad_{name}": grad for name, grad in zip(tracked, grads, strict=True)}
        if net.loss.softmax:
            found["grad_out"] = _autograd_of_plain_cross_entropy(net, below)
    forward = {**tracked, "out": below, "loss": loss, **_autograd_shares(net, total, below)}
    return {name: value.detach().clone() for name, value in (forward | found | _updated(net, found)).items()}


def _autograd_shares(net: Net, total: Tensor, out: Tensor) -> dict[str, Tensor]:
    """What each example and output adds to the loss, and how far it is off."""
    if net.loss.softmax:
        return {"losses": -net.y * functional.log_softmax(total, dim=1), **softmax_checks(total)}
    losses = net.loss.by_torch(out, net.y, "none")
    return {"error": net.y - out} | ({"losses": losses} if net.y.numel() > 1 else {})


def _autograd_of_plain_cross_entropy(net: Net, out: Tensor) -> Tensor:
    leaf = out.detach().clone().requires_grad_()
    counted = net.y > 0
    loss = -(net.y[counted] * leaf[counted].log()).sum() / net.loss.count(net.y)
    (grad,) = torch.autograd.grad(loss, leaf)
    return grad


def _updated(net: Net, grads: dict[str, Tensor]) -> dict[str, Tensor]:
    if net.learning_rate is None:
        return {}
    rate = float(net.learning_rate)
    return {f"new_{name}": torch.sub(parameters(net)[name], grads[f"grad_{name}"], alpha=rate) for name in updated(net)}
