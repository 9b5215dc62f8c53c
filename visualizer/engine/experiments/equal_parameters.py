"""How wide the layers of a deep net may be, if it is to have about as many parameters as another one."""

from __future__ import annotations

from visualizer.engine.training.update.parameters import Shape


def equal_widths(inputs: int, outputs: int, depth: int, parameters: int) -> tuple[int, ...]:
    """The units of each of `depth` hidden layers with which a net, biases included, has about so many parameters.

    All layers have the same width, or the first ones a unit more; of all such nets, the one whose count is nearest,
    and of two as near, the smaller.

    Raises: ValueError naming the argument, its value and the limit.
    """
    for name, value in (("inputs", inputs), ("outputs", outputs), ("depth", depth)):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, got {value}")
    least = count_parameters(inputs, (1,) * depth, outputs)
    if parameters < least:
        layers = "1 hidden layer of 1 unit has" if depth == 1 else f"{depth} hidden layers of 1 unit have"
        ends = f"{_counted(inputs, 'input')} and {_counted(outputs, 'output')}"
        raise ValueError(f"parameters must be at least {least}, which {layers} with {ends}, got {parameters}")

    def missing(units: int) -> int:
        return parameters - count_parameters(inputs, _widths(units, depth), outputs)

    fewer, more = depth, 2 * depth
    while missing(more) > 0:
        fewer, more = more, 2 * more
    while more - fewer > 1:
        middle = (fewer + more) // 2
        fewer, more = (middle, more) if missing(middle) >= 0 else (fewer, middle)
    return _widths(fewer if missing(fewer) <= -missing(more) else more, depth)


def count_parameters(inputs: int, hidden: tuple[int, ...], outputs: int) -> int:
    """How many weights and biases a net with these hidden layers has."""
    return Shape((inputs, *hidden, outputs)).count


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _widths(units: int, depth: int) -> tuple[int, ...]:
    """So many units shared out evenly over the layers, the first ones getting what is left over."""
    width, left = divmod(units, depth)
    return tuple(width + (layer < left) for layer in range(depth))
