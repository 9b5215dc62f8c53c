"""The lecture's table of the 2012 net in words: its readings side by side, and where they part, all computed."""

from __future__ import annotations

from visualizer.engine.stacks.counts import LayerCount
from visualizer.engine.stacks.imagenet_2012 import (
    KERNELS,
    PRINTED_MULTIPLY_ADDS,
    PRINTED_PARAMETERS,
    ComparedRow,
    count_2012,
    printed_sum,
    readings_of,
    side_of_first,
)
from visualizer.engine.stacks.layers.windowed import Convolution
from visualizer.engine.stacks.presets import LITERAL_2012, PAPER_2012, SLIDE_2012
from visualizer.lessons.counting_desk.text import rounded
from visualizer.text.numbers import percent

DIFFERENT = "≠"
_READINGS = ("printed", "labels taken literally", "what does give them", "the paper")
_HEAD = (
    f"| layer, as printed | {' | '.join(f'{each}: parameters | multiply-adds' for each in _READINGS)} |\n"
    f"| --- |{' ---: |' * 2 * len(_READINGS)}\n"
)
RESULT = (
    f"**Top-5 error on ImageNet** (slide 27: 1000 categories, 1.5 million labelled images): **{percent(0.182, 1)}** "
    f"for one net "
    f"(validation images); {percent(0.164, 1)} for five nets together; **{percent(0.153, 1)}** for seven, which won "
    f"the contest of 2012. The next "
    f"best entry had {percent(0.262, 1)}."
)
SOURCE = (
    "Krizhevsky, Sutskever & Hinton 2012, table 2 and section 2. Two of the seven nets had first been trained on more "
    "images. The contest’s training set has about 1.2 million images, with 50,000 for validation and 150,000 to test."
)


def verdict(rows: tuple[ComparedRow, ...]) -> str:
    """The answer in a sentence or two, from the counts."""
    wrong = [row for row in rows if not row.label_holds]
    apart = [row for row in rows if not row.paper_agrees]
    kernel = next(row for row in wrong if _kernel(row.labelled) != _kernel(row.fitting))
    side = _kernel(kernel.fitting)
    return (
        f"**Not with its labels.** {len(rows) - len(wrong)} of {len(rows)} rows do. The second convolution is printed "
        f"as {_square(_kernel(kernel.labelled))}, but only **{_square(side)}** gives {kernel.printed.parameters} "
        f"parameters, and {len(wrong)} rows need two groups, which the slide does not print. The paper agrees with all "
        f"printed numbers but those of {len(apart)} row{'s' if len(apart) > 1 else ''}."
    )


def comparison(rows: tuple[ComparedRow, ...]) -> str:
    """The table in Markdown, with totals."""
    lines = [
        f"| {row.printed.label} | {row.printed.parameters} | {row.printed.multiply_adds} "
        f"| {_cells(row.labelled, row.label_holds)} | {_cells(row.fitting, True)} "
        f"| {_cells(row.paper, row.paper_agrees)} |"
        for row in rows
    ]
    totals = (count_2012(name) for name in (LITERAL_2012, SLIDE_2012, PAPER_2012))
    sums = " | ".join(f"**{each.parameters:,}** | **{each.multiply_adds:,}**" for each in totals)
    printed = f"**{PRINTED_PARAMETERS}** | **{PRINTED_MULTIPLY_ADDS}**"
    return f"{_HEAD}{chr(10).join(lines)}\n| **in all** | {printed} | {sums} |"


def differences(rows: tuple[ComparedRow, ...]) -> list[str]:
    """Where the readings part, each computed."""
    first, parameters, multiply_adds = rows[0], *printed_sum(rows)
    side = side_of_first(first)[0]
    cut = [row for row in rows if not _rounds(row)]
    biased = rows[2].fitting.parameters.value + rows[2].fitting.gives[0]
    return [
        *(_why(row) for row in rows if not row.label_holds or not row.paper_agrees),
        f"{first.printed.multiply_adds} in the first row means {side}×{side} places: {side} · {side} · "
        f"{first.fitting.parameters.value:,} = {first.fitting.multiply_adds.value:,}. With a kernel of 11×11 and "
        "stride 4 that takes an input of 227×227, or a padding; the 224×224 of the paper’s text gives 54×54.",
        f"{PRINTED_MULTIPLY_ADDS} is the sum of the printed rows, {rounded(multiply_adds)}; so is "
        f"{PRINTED_PARAMETERS}, from {rounded(parameters)}. The layers come to a little more, as most printed numbers "
        f"are cut off, not rounded (those of {len(cut)} rows of {len(rows)}).",
        f"Biases are left out: with them the third convolution would have {biased:,} parameters, which is not "
        f"{rows[2].printed.parameters}.",
        "Pooling over 2×2, as printed, and over 3×3 with stride 2, as in the paper, give maps of the same size here, "
        "so no count tells them apart. The slide’s contrast normalisation and the paper’s response normalisation are "
        "different operations; neither has parameters.",
    ]


def _why(row: ComparedRow) -> str:
    """Why a row's label can't give its numbers, or where the paper has others."""
    label, printed = row.printed.label.split(" / ")[0], row.printed
    if row.label_holds:
        return (
            f"**{label}, {printed.parameters}**: the print is a layer without groups, "
            f"{row.fitting.parameters.numbers}. The paper has {_groups(row.paper)} groups here: "
            f"{row.paper.parameters.numbers}."
        )
    found = readings_of(row)
    only = " and ".join(f"{_square(kernel)} in {groups} groups" for kernel, groups in found)
    as_labelled = "as labelled" if _kernel(row.labelled) != _kernel(row.fitting) else "as labelled, without groups,"
    times = row.labelled.parameters.value / row.fitting.parameters.value
    return (
        f"**{label}, {printed.parameters}**: {as_labelled} it has {row.labelled.parameters.numbers} "
        f"parameters, {times:.3g} times as many. Of all kernels from {_square(KERNELS[0])} to "
        f"{_square(KERNELS[-1])}, in one group or two, only {only} fits: "
        f"{row.fitting.parameters.numbers}. So it is in the paper."
    )


def _cells(count: LayerCount, holds: bool) -> str:
    """Parameters and multiply-adds, marked where they are not what is printed."""
    mark = "" if holds else f"{DIFFERENT}\N{NO-BREAK SPACE}"
    return f"{mark}{count.parameters.value:,} | {mark}{count.multiply_adds.value:,}"


def _rounds(row: ComparedRow) -> bool:
    """Whether the printed multiply-adds could have been rounded; else they are cut off."""
    millions = row.fitting.multiply_adds.value / 1e6
    return f"{millions:.0f}M" == row.printed.multiply_adds


def _kernel(count: LayerCount) -> int:
    return count.layer.kernel[0] if isinstance(count.layer, Convolution) else 0


def _groups(count: LayerCount) -> int:
    return count.layer.groups if isinstance(count.layer, Convolution) else 1


def _square(side: int) -> str:
    return f"{side}×{side}"
