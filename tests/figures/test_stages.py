"""Stages from left to right, with an arrow from one to the next."""

from __future__ import annotations

from xml.etree import ElementTree

import torch

from visualizer.figures.stages import Stage, figure_stages

SVG = "{http://www.w3.org/2000/svg}"


def stage(name: str, maps: int, **options: bool) -> Stage:
    return Stage(name, ("does this", f"{maps} maps"), torch.randn(maps, 4, 4), **options)


def test_every_map_stands_within_the_figure_and_every_word_is_there() -> None:
    stages = [stage("one", 1), stage("eight", 8), stage("many", 16), stage("colour", 3, coloured=True)]
    root = ElementTree.fromstring(figure_stages(stages, title="a way"))
    words = [each.text for each in root.iter(f"{SVG}text")]

    assert len(list(root.iter(f"{SVG}image"))) == 1 + 8 + 16 + 1
    assert [word for word in words if word in ("one", "eight", "many", "colour")] == ["one", "eight", "many", "colour"]
    for each in root.iter(f"{SVG}image"):
        assert 0 <= float(each.attrib["x"]) <= float(root.attrib["width"]) - float(each.attrib["width"])
        assert 0 <= float(each.attrib["y"]) <= float(root.attrib["height"]) - float(each.attrib["height"])


def test_arrows_lead_from_each_to_the_next_and_on() -> None:
    stages = [stage("one", 1), stage("two", 2)]
    for goes_on, arrows in ((False, 1), (True, 2)):
        root = ElementTree.fromstring(figure_stages(stages, title="a way", goes_on=goes_on))
        assert len([each for each in root.iter(f"{SVG}path") if each.get("fill")]) == arrows
