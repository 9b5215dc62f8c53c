"""The answer of the lesson, computed from the stack: where its parameters are, and where its work."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.engine.stacks.counts import StackCounts, count_stack
from visualizer.engine.stacks.layers import KINDS
from visualizer.engine.stacks.presets import PRESETS, SLIDE_21
from visualizer.engine.stacks.stack import Stack
from visualizer.lessons.counting_desk.text import bytes_text, rounded
from visualizer.text.numbers import percent
from visualizer.text.words import how_often
from visualizer.ui.answer import Answer, Figure


@dataclass(frozen=True)
class Group:
    """All layers of one kind: their name, and their shares of parameters and of multiply-adds."""

    name: str
    parameters: int
    multiply_adds: int

    @property
    def uses(self) -> float:
        """How often a weight is used for one example, on average."""
        return self.multiply_adds / self.parameters if self.parameters else 0.0


def groups_of(counts: StackCounts) -> list[Group]:
    """The kinds of layers that the stack has weights in, those within blocks too."""
    groups = [Group(kind.plural, counts.parameters_in(kind), counts.multiply_adds_in(kind)) for kind in KINDS]
    return [group for group in groups if group.parameters]


def answer(counts: StackCounts) -> Answer:
    """The answer to the lesson's question, for the layers that were counted."""
    figures = (
        Figure("Parameters", rounded(counts.parameters), f"{counts.parameters:,}"),
        Figure("Multiply-adds", rounded(counts.multiply_adds), f"{counts.multiply_adds:,}, for one example"),
        Figure("Memory of activations", bytes_text(counts.memory), "Every layer's output and the input, in float32"),
    )
    return Answer(_words(counts), figures, _slide_21(counts.stack))


def _words(counts: StackCounts) -> str:
    groups = groups_of(counts)
    if not groups:
        return "Nothing in this stack has weights: it has no parameters, and no work is counted."
    if len(groups) == 1 and counts.multiply_adds:
        return f"All weights and all the work are in the {groups[0].name}. {_uses(*groups)}"
    most = max(groups, key=lambda group: group.parameters)
    busiest = max(groups, key=lambda group: group.multiply_adds)
    held = (
        f"**{percent(most.parameters / counts.parameters, 0, bounded=True)} of the parameters** are in the {most.name}"
    )
    if not counts.multiply_adds:
        return f"{held}; no work is counted."
    work = f"**{percent(busiest.multiply_adds / counts.multiply_adds, 0, bounded=True)} of the work**"
    if most is busiest:
        return f"{held}, and so is {work}. {_uses(*groups)}"
    return f"{held}, but {work} is done by the {busiest.name}. {_uses(*groups)}"


def _uses(*groups: Group) -> str:
    """Why the two differ: how often a weight is used."""
    often = {group.name: max(1, round(group.uses)) for group in groups if group.multiply_adds}
    first, *others = often.items()
    average = " on average" if max(often.values()) > 1 else ""
    listed = "".join(f", one of the {name} {how_often(count)}" for name, count in others)
    return f"For one example, a weight of the {first[0]} is used {how_often(first[1])}{average}{listed}."


def _slide_21(stack: Stack) -> str:
    """The three layers of slide 21 side by side, where the stack is one of them."""
    stacks = [PRESETS[name].stack for name in SLIDE_21]
    if stack not in stacks:
        return ""
    full, local, shared = (count_stack(each).parameters for each in stacks)
    return (
        f"Slide 21, the same 400,000 hidden units each time: fully connected {rounded(full)} weights; "
        f"locally connected {rounded(local)}, {full // local:,} times fewer; as a convolution {rounded(shared)}, "
        f"{local // shared:,} times fewer again. The last two do the same work: sharing saves weights, not "
        "multiply-adds."
    )
