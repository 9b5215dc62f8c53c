"""The answer is computed from the run: it changes, correctly, when the settings do."""

import pytest

from tests.labs.gradient_descent.runs import result_of
from visualizer.labs.gradient_descent.answer import answer
from visualizer.labs.gradient_descent.reading import said, signed
from visualizer.labs.gradient_descent.settings import LOGISTIC, NET, DescentSettings


def said_of(settings: DescentSettings) -> tuple[str, dict[str, str]]:
    found = answer(settings, result_of(settings))
    return f"{found.words} {found.more}", {figure.label: figure.value for figure in found.figures}


def test_the_default() -> None:
    words, figures = said_of(DescentSettings())
    assert (
        "In **897 steps** it is where the loss is almost flat: the 898th point is the first with ‖∇L‖² ≤ 10⁻⁴." in words
    )
    assert "promised it in fewer than 20,000, 22.3 times as many" in words
    assert "about the 10 times that O(1/ε) allows" in words
    assert "at most 1 on the path, below 2/η = 2. The loss never rose." in words
    assert figures == {
        "Steps, measured": "897",
        "Steps, promised": "fewer than 20,000",
        "Slope": "−0.96",
        "Step η": "1 (stable)",
    }


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (DescentSettings(factor=0.5), "for η = 0.5/R it is 2.67 · R(L(w₀) − L\\*)/T"),
        (DescentSettings(factor=2.0), "each step jumps to the other side"),
        (DescentSettings(factor=2.1), "the run diverged at step 161"),
        (DescentSettings(factor=2.1), "a step multiplies w by 1 − ηλ = −1.1"),
        (DescentSettings(factor=2.1), "There is none: η = 2.1/R"),
        (DescentSettings(epsilon_power=-8.0), "Not among 2,000 points"),
        (DescentSettings(epsilon_power=0.0), "at the start already"),
        (
            DescentSettings(condition_number=1),
            "In **1 step** it is where the loss is almost flat: the 2nd point is the first",
        ),
        (DescentSettings(condition_number=1), "hardly any more steps"),
        (DescentSettings(condition_number=10), "this one is kinder"),
        (DescentSettings(problem=LOGISTIC), "comes from Newton's method"),
        (DescentSettings(problem=LOGISTIC, data="gaussians_2"), "a line separates the classes"),
        (DescentSettings(problem=LOGISTIC, factor=2.2), "has moved to where the loss bends less"),
        (DescentSettings(problem=LOGISTIC, data="circles", factor=2.2), "nothing was gained"),
        (DescentSettings(problem=NET), "No R holds for every w of a net"),
        (DescentSettings(problem=NET), "With the R measured on the way, theory would say in fewer than"),
        (DescentSettings(problem=NET, data="spirals"), "a small gradient is no small loss yet"),
        (DescentSettings(problem=NET, data="spirals"), "down all the same"),
    ],
)
def test_each_case_is_said(settings: DescentSettings, expected: str) -> None:
    assert expected in said_of(settings)[0]


@pytest.mark.parametrize(
    ("settings", "verdict"),
    [
        (DescentSettings(factor=2.0), "at the limit"),
        (DescentSettings(factor=2.1), "diverged"),
        (DescentSettings(problem=NET, data="spirals"), "overshoots"),
    ],
)
def test_the_step_is_judged(settings: DescentSettings, verdict: str) -> None:
    assert said_of(settings)[1]["Step η"].endswith(f"({verdict})")


@pytest.mark.parametrize("steps", [10, 11, 300])
@pytest.mark.parametrize("problem", ["bowl", LOGISTIC, NET])
@pytest.mark.parametrize("factor", [0.1, 2.0, 2.2])
def test_every_number_can_be_said(problem: str, factor: float, steps: int) -> None:
    words, figures = said_of(DescentSettings(problem=problem, factor=factor, steps=steps, condition_number=1, units=1))
    assert "nan" not in words and "inf" not in words and "∞" not in words
    assert all(figures.values())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.251, "0.251"),
        (22.34, "22.3"),
        (20_000.0, "20,000"),
        (1e-4, "10⁻⁴"),
        (2.3e-6, "2.3·10⁻⁶"),
        (-1.1, "−1.1"),
    ],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert said(value) == text


def test_a_slope_has_a_true_minus_and_no_minus_0() -> None:
    assert (signed(-0.957), signed(-0.001)) == ("−0.96", "0.00")
