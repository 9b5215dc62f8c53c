"""Self-attention: each position asks all positions, and takes a weighted mean of what they hold."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.nn import functional

from visualizer.engine.trace.operations import Dot, Expression, Product, Ref
from visualizer.engine.walks.module.layers.activation import softmax_over
from visualizer.engine.walks.module.tape import Place, Tape, joined, maybe, walks

_ALL = slice(None)
_PROJECTED = {
    "q": "The query: what this position asks for, by weights of its own.",
    "k": "The key: what this position offers to be found by.",
    "v": "The value: what this position hands on where it is attended to.",
}
_SCORE = "How well a query matches a key: their dot product over √{size}, so that it does not grow with the size."
_CONTEXT = "The mean of all values, weighted by the attention of this position."
_OUT = "The heads side by side, multiplied by the output weights, plus the bias."


@walks(nn.MultiheadAttention)
def self_attention(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """Queries, keys and values all of x. Source: Vaswani et al. 2017; names and order are torch's."""
    assert isinstance(module, nn.MultiheadAttention)
    _check(module, path)
    numbers = tape.arrays[x]
    size, heads = module.embed_dim, module.num_heads
    batched, first = numbers.dim() == 3, module.batch_first
    weight = tape.parameter(path, "in_proj_weight", module.in_proj_weight, "w")
    bias = None if module.in_proj_bias is None else tape.parameter(path, "in_proj_bias", module.in_proj_bias, "b")
    wide, one = size // heads, 1 / math.sqrt(size // heads)

    def place(example: Place, position: int | slice) -> tuple[int | slice, ...]:
        return (*example, position) if first or not batched else (position, *example)

    projected: dict[str, str] = {}
    for block, letter in enumerate("qkv"):
        rows = slice(block * size, (block + 1) * size)

        def weighted(index: Place, block: int = block) -> Expression:
            row = block * size + index[-1]
            return Dot(Ref(weight, (row, _ALL)), Ref(x, (*index[:-1], _ALL)), maybe(bias, row))

        offset = tape.arrays[bias][rows] if bias else None
        values = functional.linear(numbers, tape.arrays[weight][rows], offset)
        title, note = "What is {symbol}{on}?", _PROJECTED[letter]
        projected[letter] = tape.write(
            joined(path, letter), values, letter, weighted, path=path, title=title, note=note, example=tape.examples[x]
        )

    def of_heads(name: str) -> torch.Tensor:
        """(…, heads, positions, size of a head)."""
        each = tape.arrays[name] if first or not batched else tape.arrays[name].transpose(0, 1)
        return each.reshape(*each.shape[:-1], heads, wide).transpose(-2, -3)

    q, k, v = (of_heads(projected[letter]) for letter in "qkv")

    def score(index: Place) -> Expression:
        *example, head, row, column = index
        part = slice(head * wide, (head + 1) * wide)
        query = Ref(projected["q"], (*place(tuple(example), row), part))
        key = Ref(projected["k"], (*place(tuple(example), column), part))
        return Product((one, Dot(query, key)))

    scores = tape.write(
        joined(path, "scores"),
        one * (q @ k.transpose(-1, -2)),
        "s",
        score,
        path=path,
        title="How well does query {place} match{on}?",
        note=_SCORE.format(size=wide),
        example=0 if batched else None,
    )
    weights = softmax_over(tape, path, scores, len(tape.arrays[scores].shape) - 1, "weights")

    def mean(index: Place) -> Expression:
        *lead, unit = index
        example, position = _split(tuple(lead), batched, first)
        attention = Ref(weights, (*example, unit // wide, position, _ALL))
        return Dot(attention, Ref(projected["v"], (*place(example, _ALL), unit)))

    context = (tape.arrays[weights] @ v).transpose(-2, -3).flatten(-2)
    gathered = tape.write(
        joined(path, "context"),
        context if first or not batched else context.transpose(0, 1),
        "z",
        mean,
        path=path,
        title="What does the attention gather at {place}{on}?",
        note=_CONTEXT,
        example=tape.examples[x],
    )
    out_weight = tape.parameter(path, "out_proj.weight", module.out_proj.weight, "o")
    out_bias = (
        None if module.out_proj.bias is None else tape.parameter(path, "out_proj.bias", module.out_proj.bias, "b")
    )
    offset = tape.arrays[out_bias] if out_bias else None
    return tape.write(
        joined(path, "out"),
        functional.linear(tape.arrays[gathered], tape.arrays[out_weight], offset),
        "h",
        lambda index: Dot(
            Ref(out_weight, (index[-1], _ALL)), Ref(gathered, (*index[:-1], _ALL)), maybe(out_bias, index[-1])
        ),
        path=path,
        title="What is output {place}?",
        note=_OUT,
        example=tape.examples[x],
    )


def _check(module: nn.MultiheadAttention, path: str) -> None:
    name = path or "MultiheadAttention"
    if not module._qkv_same_embed_dim:
        raise ValueError(f"layer {name}: kdim and vdim must be embed_dim")
    if module.bias_k is not None or module.add_zero_attn:
        raise ValueError(f"layer {name}: add_bias_kv and add_zero_attn are not supported")
    if module.dropout and module.training:
        raise ValueError(f"layer {name}: dropout of attention is not supported in training mode, use eval()")


def _split(lead: Place, batched: bool, first: bool) -> tuple[Place, int]:
    """The example and the position of an index without its last axis."""
    if not batched:
        return (), lead[0]
    return ((lead[0],), lead[1]) if first else ((lead[1],), lead[0])
