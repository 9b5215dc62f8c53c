"""RNN, LSTM and GRU over time, stacked and in both directions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from visualizer.engine.trace.operations import Apply, Difference, Dot, Expression, Product, Ref, Sum
from visualizer.engine.walks.module.tape import Place, Tape, joined, walks

_ALL = slice(None)
_SUM = "Weights times the input, and weights times the previous hidden state, added up with the biases."
_GATE = "A gate: σ of its sum, between 0 (closed) and 1 (open)."
_STATE = "The activation of the sum: the hidden state that is carried on."
_CELL = "What the forget gate keeps of the cell state before, plus what the input gate takes of the candidate."
_SQUASHED = "The cell state, squashed into the range from −1 to 1."
_SHOWN = "What the output gate lets out of the cell state."
_CANDIDATE = "The candidate, between −1 and 1: what could be stored at this time step."
_RESET = "Weights times the previous hidden state, before the reset gate."
_NEW_SUM = "Weights times the input, plus the reset gate times what the previous hidden state gives."
_MIXED = "A mean of the candidate and the previous hidden state: the update gate z says how much of the old stays."
_JOINED = "Both directions side by side: first what the forward direction says, then the backward one."


@dataclass(frozen=True)
class _Cell:
    """One layer in one direction: names of its arrays, the order of its time steps, and where each state lies."""

    tape: Tape
    path: str
    suffix: str
    x: str
    times: tuple[int, ...]
    batch: tuple[int, ...]
    batch_first: bool
    biased: bool
    units: int
    mark: str

    def name(self, array: str) -> str:
        return joined(self.path, f"{array}{self.suffix}")

    def at(self, t: int, example: Place) -> Place:
        return (*example, t) if self.batch_first else (t, *example)

    def examples(self) -> Iterator[Place]:
        yield from ((i,) for i in range(*self.batch)) if self.batch else ((),)

    def before(self, array: str, t: int, example: Place, unit: int | slice) -> Ref:
        """A state of the time step before; the first time step starts from zeros."""
        place = self.times.index(t)
        if place:
            return Ref(self.name(array), (*self.at(self.times[place - 1], example), unit))
        return Ref(self.name(f"{array}0"), (unit,))

    def weighted(self, which: str, row: int, numbers: Ref) -> Dot:
        bias = Ref(self.name(f"bias_{which}"), (row,)) if self.biased else None
        return Dot(Ref(self.name(f"weight_{which}"), (row, _ALL)), numbers, bias)

    def weights(self, which: str) -> tuple[Tensor, Tensor]:
        arrays = self.tape.arrays
        weight = arrays[self.name(f"weight_{which}")]
        return weight, arrays[self.name(f"bias_{which}")] if self.biased else torch.zeros(len(weight)).double()

    def input(self, t: int, example: Place) -> Ref:
        return Ref(self.x, (*self.at(t, example), _ALL))


@walks(nn.RNN, nn.LSTM, nn.GRU)
def recurrent(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """The last layer's hidden states at every time step; the states before the first are zeros."""
    assert isinstance(module, nn.RNNBase)
    name = path or type(module).__name__
    if module.proj_size:
        raise ValueError(f"layer {name}: proj_size is not supported, use proj_size=0")
    if module.dropout and module.training and module.num_layers > 1:
        raise ValueError(f"layer {name}: dropout between layers is not supported in training mode, use eval()")
    heading, given = tape.layer, tape.arrays[x]
    batched = given.dim() == 3
    time = 1 if batched and module.batch_first else 0
    length = given.shape[time]
    batch = (given.shape[1 - time],) if batched else ()
    directions = ("", "_reverse") if module.bidirectional else ("",)
    write = {nn.RNN: _rnn, nn.LSTM: _lstm, nn.GRU: _gru}[type(module)]
    for layer in range(module.num_layers):
        is_last = layer == module.num_layers - 1
        outputs = []
        for direction in directions:
            suffix = f"_l{layer}{direction}"
            times = tuple(range(length)) if not direction else tuple(reversed(range(length)))
            several = module.num_layers > 1 or bool(direction)
            mark = f"{path}l{layer}{'r' if direction else ''}" if several else path
            cell = _Cell(tape, path, suffix, x, times, batch, time == 1, bool(module.bias), module.hidden_size, mark)
            for kind, letter in (("weight_ih", "w"), ("weight_hh", "u"), ("bias_ih", "b"), ("bias_hh", "b′")):
                if kind.startswith("weight") or module.bias:
                    tape.parameter(path, f"{kind}{suffix}", getattr(module, f"{kind}{suffix}"), letter, mark)
            for state in ("h", "c") if isinstance(module, nn.LSTM) else ("h",):
                tape.constant(path, f"{state}0{suffix}", torch.zeros(module.hidden_size), state)
            write(cell, module, heading)
            outputs.append(cell.name("h"))
        tape.layer = heading
        x = _output(tape, path, outputs, f"_l{layer}", is_last=is_last)
    return x


def _output(tape: Tape, path: str, states: list[str], suffix: str, *, is_last: bool) -> str:
    """The hidden states of a layer: of both directions side by side, under the name of the output at the last."""
    values = torch.cat([tape.arrays[state] for state in states], dim=-1)
    units = values.shape[-1] // len(states)
    if len(states) == 1 and not is_last:
        return states[0]
    name = joined(path, "out" if is_last else f"both{suffix}")
    return tape.write(
        name,
        values,
        "out",
        lambda index: Ref(states[index[-1] // units], (*index[:-1], index[-1] % units)),
        path=path,
        title="What is output {place}?",
        note=_JOINED if len(states) > 1 else "The hidden state of the last layer is the output.",
        example=tape.examples[states[0]],
    )


def _declare(cell: _Cell, names: dict[str, str], rows: dict[str, int]) -> dict[str, Tensor]:
    """Empty arrays for what a cell writes at each time step, by name."""
    lead = (*cell.batch, len(cell.times)) if cell.batch_first else (len(cell.times), *cell.batch)
    found = {}
    for array, letter in names.items():
        values = torch.zeros(*lead, rows.get(array, cell.units), dtype=torch.float64)
        cell.tape.declare(cell.name(array), values, letter, path=cell.mark, example=cell.tape.examples[cell.x])
        found[array] = cell.tape.arrays[cell.name(array)]
    return found


def _fill(
    cell: _Cell,
    arrays: dict[str, Tensor],
    array: str,
    t: int,
    values: Tensor,
    expression_at: Callable[[Place, int], Expression],
    title: str,
    note: str,
) -> None:
    """One time step's numbers of an array, example by example."""
    for example in cell.examples():
        place = cell.at(t, example)
        arrays[array][place] = values[example] if example else values
        for unit in range(arrays[array].shape[-1]):
            expression = expression_at(example, unit)
            cell.tape.step(cell.name(array), (*place, unit), expression, title=title, note=note)


def _states(cell: _Cell) -> Tensor:
    return torch.zeros(*cell.batch, cell.units, dtype=torch.float64)


def _input_at(cell: _Cell, t: int) -> Tensor:
    numbers = cell.tape.arrays[cell.x]
    return numbers[:, t] if cell.batch_first else numbers[t]


def _sum_of(cell: _Cell, t: int) -> Callable[[Place, int], Expression]:
    return lambda example, row: Sum(
        (
            cell.weighted("ih", row, cell.input(t, example)),
            cell.weighted("hh", row, cell.before("h", t, example, _ALL)),
        )
    )


def _moment(cell: _Cell, heading: str, t: int) -> None:
    cell.tape.layer = f"{heading}{cell.suffix.replace('_', ' ')}, time step {t + 1}"


def _rnn(cell: _Cell, module: nn.Module, heading: str) -> None:
    function = str(getattr(module, "nonlinearity", "tanh"))
    arrays, h = _declare(cell, {"a": "a", "h": "h"}, {}), _states(cell)
    (w, b), (u, b_h) = cell.weights("ih"), cell.weights("hh")
    for t in cell.times:
        _moment(cell, heading, t)
        a = _input_at(cell, t) @ w.T + b + h @ u.T + b_h
        h = torch.tanh(a) if function == "tanh" else torch.relu(a)
        _fill(cell, arrays, "a", t, a, _sum_of(cell, t), "What goes into unit {place}?", _SUM)
        _fill(cell, arrays, "h", t, h, _applied(cell, function, "a", t), "What is hidden state {place}?", _STATE)


def _applied(cell: _Cell, function: str, array: str, t: int, first: int = 0) -> Callable[[Place, int], Expression]:
    return lambda example, unit: Apply(function, (Ref(cell.name(array), (*cell.at(t, example), first + unit)),))


def _ref(cell: _Cell, array: str, t: int, example: Place, unit: int) -> Ref:
    return Ref(cell.name(array), (*cell.at(t, example), unit))


def _lstm(cell: _Cell, module: nn.Module, heading: str) -> None:
    """Gates in torch's order i, f, g, o. Source: Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000."""
    names = dict(
        zip(("a", "i", "f", "g", "o", "c", "tanh_c", "h"), ("a", "i", "f", "g", "o", "c", "tanh c", "h"), strict=True)
    )
    arrays = _declare(cell, names, {"a": 4 * cell.units})
    h, c = _states(cell), _states(cell)
    (w, b), (u, b_h) = cell.weights("ih"), cell.weights("hh")
    for t in cell.times:
        _moment(cell, heading, t)
        a = _input_at(cell, t) @ w.T + b + h @ u.T + b_h
        gates = dict(zip("ifgo", a.chunk(4, dim=-1), strict=True))
        gates = {name: torch.tanh(each) if name == "g" else torch.sigmoid(each) for name, each in gates.items()}
        c = gates["f"] * c + gates["i"] * gates["g"]
        h = gates["o"] * torch.tanh(c)
        _fill(cell, arrays, "a", t, a, _sum_of(cell, t), "What goes into gate number {place}?", _SUM)
        for block, name in enumerate("ifgo"):
            of = _applied(cell, "tanh" if name == "g" else "sigmoid", "a", t, block * cell.units)
            note = _CANDIDATE if name == "g" else _GATE
            _fill(cell, arrays, name, t, gates[name], of, "What is {symbol}?", note)
        _fill(cell, arrays, "c", t, c, _cell_state(cell, t), "What is cell state {place}?", _CELL)
        squashed = _applied(cell, "tanh", "c", t)
        _fill(cell, arrays, "tanh_c", t, torch.tanh(c), squashed, "How strong is the cell state, squashed?", _SQUASHED)
        _fill(cell, arrays, "h", t, h, _shown(cell, t), "What is hidden state {place}?", _SHOWN)


def _cell_state(cell: _Cell, t: int) -> Callable[[Place, int], Expression]:
    return lambda e, k: Sum(
        (
            Product((_ref(cell, "f", t, e, k), cell.before("c", t, e, k))),
            Product((_ref(cell, "i", t, e, k), _ref(cell, "g", t, e, k))),
        )
    )


def _shown(cell: _Cell, t: int) -> Callable[[Place, int], Expression]:
    return lambda e, k: Product((_ref(cell, "o", t, e, k), _ref(cell, "tanh_c", t, e, k)))


def _gru(cell: _Cell, module: nn.Module, heading: str) -> None:
    """Gates in torch's order r, z, n. Source: Cho et al. 2014, in torch's form: r after the hidden weights."""
    units = cell.units
    arrays = _declare(cell, {"a": "a", "r": "r", "z": "z", "m": "m", "s": "s", "n": "n", "h": "h"}, {"a": 2 * units})
    h = _states(cell)
    (w, b), (u, b_h) = cell.weights("ih"), cell.weights("hh")
    for t in cell.times:
        _moment(cell, heading, t)
        from_x, from_h = _input_at(cell, t) @ w.T + b, h @ u.T + b_h
        a, m = (from_x + from_h)[..., : 2 * units], from_h[..., 2 * units :]
        r, z = torch.sigmoid(a).chunk(2, dim=-1)
        s = from_x[..., 2 * units :] + r * m
        n = torch.tanh(s)
        h = (1 - z) * n + z * h
        _fill(cell, arrays, "a", t, a, _sum_of(cell, t), "What goes into gate number {place}?", _SUM)
        _fill(cell, arrays, "r", t, r, _applied(cell, "sigmoid", "a", t), "What is reset gate {place}?", _GATE)
        _fill(cell, arrays, "z", t, z, _applied(cell, "sigmoid", "a", t, units), "What is update gate {place}?", _GATE)
        _fill(cell, arrays, "m", t, m, _candidate_of_state(cell, t), "What does the state before give {place}?", _RESET)
        _fill(cell, arrays, "s", t, s, _candidate_sum(cell, t), "What goes into candidate {place}?", _NEW_SUM)
        _fill(cell, arrays, "n", t, n, _applied(cell, "tanh", "s", t), "What is candidate {place}?", _CANDIDATE)
        _fill(cell, arrays, "h", t, h, _mixed(cell, t), "What is hidden state {place}?", _MIXED)


def _candidate_of_state(cell: _Cell, t: int) -> Callable[[Place, int], Expression]:
    return lambda e, k: cell.weighted("hh", 2 * cell.units + k, cell.before("h", t, e, _ALL))


def _candidate_sum(cell: _Cell, t: int) -> Callable[[Place, int], Expression]:
    return lambda e, k: Sum(
        (
            cell.weighted("ih", 2 * cell.units + k, cell.input(t, e)),
            Product((_ref(cell, "r", t, e, k), _ref(cell, "m", t, e, k))),
        )
    )


def _mixed(cell: _Cell, t: int) -> Callable[[Place, int], Expression]:
    return lambda e, k: Sum(
        (
            Product((Difference(1.0, _ref(cell, "z", t, e, k)), _ref(cell, "n", t, e, k))),
            Product((_ref(cell, "z", t, e, k), cell.before("h", t, e, k))),
        )
    )
