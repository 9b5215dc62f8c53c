"""The figure of success over a length."""

from __future__ import annotations

from visualizer.figures.success import SuccessCurve, figure_success


def test_every_seed_is_a_dot_and_every_curve_is_named_apart() -> None:
    curves = [SuccessCurve(name, [[1.0, 0.5], [0.25, 0.25]]) for name in ("RNN", "LSTM <1>", "LSTM 5")]
    figure = figure_success(curves, [5, 50], below="delay", title="success")
    assert figure.count("<circle") == 12
    assert "LSTM &lt;1&gt;: 25%" in figure
    heights = [part.split('"')[0] for part in figure.split(' y="')[1:] if ": 25%" in part.split("</text>")[0]]
    assert len(set(heights)) == len(heights)
