"""The loss around the path: as a map with lines of equal height, and as a surface."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go
from torch import Tensor

from visualizer.labs.gradient_descent.run import DescentResult
from visualizer.labs.kit.figure import Axis, Inks, new_figure, template
from visualizer.theme import channels

HEIGHT = 350
_LOGARITHMIC = 30.0
"""From this ratio of the largest height above L* to the smallest on, heights are shown as logarithms."""


@dataclass(frozen=True)
class Heights:
    """How high losses are drawn: as they are, or as log₁₀(L − L*), no lower than `lowest`."""

    logarithmic: bool
    infimum: float
    lowest: float

    @property
    def title(self) -> str:
        if not self.logarithmic:
            return "L"
        return "log₁₀ L" if self.infimum == 0 else "log₁₀(L − L*)"

    def of(self, losses: Tensor) -> Tensor:
        if not self.logarithmic:
            return losses
        return (losses - self.infimum).clamp_min(self.lowest).log10()


def heights_of(result: DescentResult) -> Heights:
    """The heights that suit this surface."""
    above = result.surface.losses - result.infimum
    lowest, highest = max(float(above.min()), 1e-12 * float(above.max())), float(above.max())
    return Heights(lowest > 0 and highest > _LOGARITHMIC * lowest, result.infimum, lowest)


def figure_map(result: DescentResult, titles: tuple[str, str], ink: Inks) -> go.Figure:
    """The plane from above, with lines of equal height, and the path over it."""
    heights, surface = heights_of(result), result.surface
    figure = new_figure(ink, Axis(titles[0]), Axis(titles[1]), height=HEIGHT, legend=False)
    figure.add_trace(
        go.Contour(
            x=surface.a.tolist(),
            y=surface.b.tolist(),
            z=_rounded(heights.of(surface.losses)),
            customdata=_rounded(surface.losses),
            colorscale=_scale(ink),
            ncontours=24,
            contours={"coloring": "heatmap"},
            line={"width": 0.8, "color": ink.pale(ink.text, 0.35)},
            colorbar={"title": {"text": heights.title, "side": "right"}, "thickness": 12, "outlinewidth": 0},
            hovertemplate="L = %{customdata:.4g}<extra></extra>",
        )
    )
    a, b = result.track.T.tolist()
    line = {"color": ink.text, "width": 1.5}
    figure.add_trace(go.Scatter(x=a, y=b, mode="lines+markers", line=line, marker={"size": 3.5}, **_path_words(result)))
    for at, words, symbol in ((0, "start", "circle"), (-1, "end", "star")):
        figure.add_trace(
            go.Scatter(
                x=[a[at]],
                y=[b[at]],
                mode="markers+text",
                text=[words],
                textposition="top center",
                textfont={"color": ink.text, "size": 14},
                marker={"size": 12, "symbol": symbol, "color": ink.mark, "line": {"color": ink.text, "width": 1.5}},
                hoverinfo="skip",
            )
        )
    figure.update_xaxes(range=[float(surface.a[0]), float(surface.a[-1])], showgrid=False)
    figure.update_yaxes(range=[float(surface.b[0]), float(surface.b[-1])], showgrid=False)
    return figure


def figure_surface(result: DescentResult, titles: tuple[str, str], ink: Inks) -> go.Figure:
    """The same as a surface that can be turned; the path lies on it."""
    heights, surface = heights_of(result), result.surface
    figure = go.Figure()
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    figure.update_layout(template=template(ink), height=HEIGHT, showlegend=False, margin=margin)
    figure.add_trace(
        go.Surface(
            x=surface.a.tolist(),
            y=surface.b.tolist(),
            z=_rounded(heights.of(surface.losses)),
            customdata=_rounded(surface.losses),
            colorscale=_scale(ink),
            showscale=False,
            contours={"z": {"show": True, "color": ink.pale(ink.text, 0.3), "width": 1}},
            hovertemplate="L = %{customdata:.4g}<extra></extra>",
        )
    )
    a, b = result.track.T.tolist()
    z = heights.of(result.shadow_losses)
    lifted = (z + 0.015 * float(z.max() - z.min())).tolist()
    line, marker = {"color": ink.text, "width": 4}, {"size": 2, "color": ink.text}
    figure.add_trace(
        go.Scatter3d(x=a, y=b, z=lifted, mode="lines+markers", line=line, marker=marker, **_path_words(result))
    )
    figure.add_trace(
        go.Scatter3d(
            x=[a[0], a[-1]],
            y=[b[0], b[-1]],
            z=[lifted[0], lifted[-1]],
            mode="markers+text",
            text=["start", "end"],
            textfont={"color": ink.text, "size": 14},
            marker={"size": 6, "color": ink.mark, "line": {"color": ink.text, "width": 1}},
            hoverinfo="skip",
        )
    )
    axes = dict(zip(("xaxis", "yaxis", "zaxis"), (*titles, heights.title), strict=True))
    figure.update_scenes(
        {axis: {"title": {"text": title, "font": {"size": 13}}, "nticks": 6} for axis, title in axes.items()},
        aspectratio={"x": 1.2, "y": 1.2, "z": 0.75},
        camera={"eye": {"x": 1.45, "y": -1.5, "z": 0.95}, "center": {"x": 0, "y": 0, "z": -0.12}},
    )
    return figure


def _path_words(result: DescentResult) -> dict[str, object]:
    said = [[int(time) + 1, float(loss)] for time, loss in zip(result.track_times, result.track_losses, strict=True)]
    return {"customdata": said, "hovertemplate": "T = %{customdata[0]}<br>L(w) = %{customdata[1]:.4g}<extra></extra>"}


def _scale(ink: Inks) -> list[list[object]]:
    """From a colour that is just seen on the page, low, to blue, high."""
    return [[0.0, _mixed(ink.ground, ink.plus, 0.12)], [1.0, ink.plus]]


def _mixed(first: str, second: str, share: float) -> str:
    """A colour between two: `share` of the second."""
    pairs = zip(*(channels(colour) for colour in (first, second)), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * share):02x}" for low, high in pairs)


def _rounded(values: Tensor) -> list[list[float]]:
    """Five digits are enough for an image, and a third of the bytes."""
    return [[float(f"{value:.5g}") for value in row] for row in values.tolist()]
