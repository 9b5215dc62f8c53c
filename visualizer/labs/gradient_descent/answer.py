"""The answer of the lab: how many steps it took, what was promised, and whether the step was stable; from the run."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.labs.gradient_descent.reading import Reading, read, said, signed
from visualizer.labs.gradient_descent.run import DescentResult
from visualizer.labs.gradient_descent.settings import LOGISTIC, DescentSettings
from visualizer.text.numbers import percent
from visualizer.ui.answer import Answer, Figure

STAR = "L\\*"
"""L* in Markdown."""


def answer(settings: DescentSettings, result: DescentResult) -> Answer:
    """The words and figures for these settings."""
    reading = read(result, settings.epsilon)
    stable = stability(result, reading)
    slope = signed(reading.power.slope) if reading.power else "none"
    parts = (_bound(result, reading), _rate(reading), stable.words, _known(settings, result, reading))
    return Answer(
        _reached(result, reading),
        (
            Figure(
                "Steps, measured",
                f"{reading.reached - 1:,}" if reading.reached else "not reached",
                "Until ‖∇L‖² ≤ ε. T counts the points looked at, the start among them: one more than the steps.",
            ),
            Figure(
                "Steps, promised",
                f"fewer than {promise(reading)}" if reading.is_promised else "none",
                "The T, in points, by which the bound has come down to ε",
            ),
            Figure("Slope", slope, "Of log T over log ε, over two decades of ε; O(1/ε) is −1"),
            Figure(
                "Step η",
                f"{said(result.step)} ({stable.verdict})",
                f"η = {said(result.step)}, and 2/η = {said(2 / result.step)}",
            ),
        ),
        "\n\n".join(part for part in parts if part),
    )


def promise(reading: Reading) -> str:
    """The promised T, short."""
    return said(reading.promised) if reading.is_promised else "none"


def _reached(result: DescentResult, reading: Reading) -> str:
    epsilon, looked = said(reading.epsilon), len(result.losses)
    if not reading.reached:
        if result.diverged >= 0:
            return f"In none: the run diverged at step {result.diverged:,}, before ‖∇L‖² was at most ε = {epsilon}."
        least = said(float(result.running_minimum[-1]))
        return f"Not among {looked:,} points: the smallest ‖∇L‖² is {least}, above ε = {epsilon}."
    if reading.reached == 1:
        words = f"In **no step**: at the start already the loss is almost flat: ‖∇L‖² is at most ε = {epsilon}."
    else:
        steps = "1 step" if reading.reached == 2 else f"{reading.reached - 1:,} steps"
        words = (
            f"In **{steps}** it is where the loss is almost flat: the {_ordinal(reading.reached)} point is the first "
            f"with ‖∇L‖² ≤ {epsilon}."
        )
    if reading.is_promised:
        source = "The theory promised it" if result.everywhere else "With the R measured on the way, theory would say"
        words += f" {source} in fewer than {promise(reading)}"
        words += f", {said(reading.promised / (reading.reached - 1))} times as many." if reading.reached > 1 else "."
    after = result.squared_gradients[reading.reached :]
    if len(after) and float(after.max()) > 10 * reading.epsilon:
        words += f" Later it grew again, up to {said(float(after.max()))}: a small gradient is no small loss yet."
    return words


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number:,}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _bound(result: DescentResult, reading: Reading) -> str:
    """Which bound holds for this step, and whether it was kept at every T."""
    if not reading.is_promised:
        return f"**Bound.** There is none: η = {reading.factor:.3g}/R, and the theory needs less than 2/R."
    words = f"**Bound.** 2R(L(w₀) − {STAR})/T"
    if not reading.is_classic:
        share = 1 / (reading.factor * (1 - reading.factor / 2))
        words += f" is for η = 1/R; for η = {reading.factor:.3g}/R it is {said(share)} · R(L(w₀) − {STAR})/T. It"
    words += f" comes down to ε at T = {promise(reading)}. "
    if reading.kept:
        return f"{words}At every T of the run the smallest ‖∇L‖² was below it, at the end {_times(reading.margin)}."
    return f"{words}The run was above it: on the way the loss bends more than was measured."


def _times(margin: float) -> str:
    return f"by a factor of {said(margin)}" if margin < 1e6 else "by a factor of more than a million"


def _rate(reading: Reading) -> str:
    """What a tenth of ε costs, by the slope."""
    if not reading.power:
        return ""
    slope = reading.power.slope
    low, high = (said(each) for each in reading.fitted)
    words = f"**Rate.** From ε = {high} to {low} the steps grow as ε to the power {signed(slope)}: "
    if slope > -0.02:
        return f"{words}a tenth of ε costs hardly any more steps. O(1/ε) would allow 10 times as many."
    words += f"a tenth of ε takes {said(10.0**-slope)} times the steps. "
    if slope < -1.05:
        return f"{words}For a stretch that may be more than the 10 times of O(1/ε), which bounds the whole from above."
    if slope <= -0.9:
        return f"{words}That is about the 10 times that O(1/ε) allows at worst."
    return f"{words}O(1/ε) would allow 10 times: it is the worst over all smooth losses, and this one is kinder."


def _known(settings: DescentSettings, result: DescentResult, reading: Reading) -> str:
    """Where the R and the L* of the bound come from."""
    if result.infimum_known == "nearly":
        lowest = f"{STAR} = {said(result.infimum)} comes from Newton's method, right to about 10 digits."
    elif result.infimum_known == "as a lower bound":
        lowest = (
            f"{STAR} is taken as 0, which the loss can't fall below; where it is higher, the bound is too generous."
        )
    elif settings.problem == LOGISTIC:
        lowest = f"{STAR} = 0 exactly: a line separates the classes, and the longer w, the smaller the loss."
    else:
        lowest = f"{STAR} = 0 exactly."
    if result.everywhere:
        bends = f"R, how sharply the loss bends at most, is {said(result.smoothness)} for every w"
        return f"**R and {STAR}.** {bends}; {STAR} is the lowest that the loss can get. {lowest}"
    return (
        f"**R and {STAR}.** No R holds for every w of a net. η is c over the R at w₀, {said(result.smoothness)}. "
        f"The bound takes the largest R of {len(result.times)} points of the path, {said(reading.smoothness)}, which "
        f"makes η = {reading.factor:.3g}/R. Between those points nothing was measured: it speaks of this path, and "
        f"proves nothing of another. {lowest}"
    )


@dataclass(frozen=True)
class Stability:
    """A word or two, and the reason in sentences, as Markdown."""

    verdict: str
    words: str


def stability(result: DescentResult, reading: Reading) -> Stability:
    """A step overshoots along a direction whose eigenvalue λ is above 2/η: it lands higher on the other side.

    Source: for nets, whose largest eigenvalue hovers at 2/η, Cohen et al. 2021.
    """
    limit, first = said(2 / result.step), float(result.largest[0])
    if result.diverged >= 0:
        words = f"The loss blew up at step {result.diverged:,}, past 10¹² times that of the start. "
        words += f"λ = {said(first)} at the start is above 2/η = {limit}: along it a step multiplies w by 1 − ηλ = "
        return Stability("diverged", f"**Stability.** {words}{said(1 - result.step * first)}.")
    largest = float(result.largest.max())
    if reading.unstable:
        return Stability("overshoots", f"**Stability.** {_overshooting(result, reading, limit)}")
    if largest * result.step > 2 * (1 - 1e-9):
        words = (
            f"The Hessian's largest eigenvalue, {said(largest)}, is exactly 2/η: along it each step jumps to the other "
        )
        return Stability("at the limit", f"**Stability.** {words}side, as high as before, for ever.")
    words = f"The Hessian's largest eigenvalue was at most {said(largest)} on the path, below 2/η = {limit}. "
    return Stability("stable", f"**Stability.** {words}{_rises(result)}")


def _overshooting(result: DescentResult, reading: Reading, limit: str) -> str:
    """Where the step was too large, and how the run ended all the same."""
    where = f"{reading.unstable} of the {len(result.times)} points measured, first at T = {reading.first_unstable:,}"
    words = f"The Hessian's largest eigenvalue was above 2/η = {limit} at {where}, and up to "
    words += f"{said(float(result.largest.max()))}. {_rises(result)}"
    share = float(result.largest[-1]) * result.step / 2
    words += f" At the end it is at {percent(share, 0)} of that limit"
    if reading.rises_at_end:
        return f"{words}, and the loss still goes up and down: a step that overshoots {_landed(result)}"
    return f"{words}." if share > 1 else f"{words}: the run has moved to where the loss bends less."


def _landed(result: DescentResult) -> str:
    first, last = float(result.losses[0]), float(result.losses[-1])
    words = f"lands where the loss bends less, so it does not blow up. From the start it went from {said(first)} to "
    return f"{words}{said(last)}" + (", down all the same." if last < first else ": nothing was gained.")


def _rises(result: DescentResult) -> str:
    if not result.rises:
        return "The loss never rose."
    return f"The loss rose at {result.rises:,} of {len(result.losses) - 1:,} steps."
