"""What the comparison of descriptors came to, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping

from visualizer.engine.features.similarity import Similarity
from visualizer.lessons.image_features.match.text import changes
from visualizer.text.numbers import percent

_WHY = {
    "HOG": "HOG, which looks along the image's own rows and columns, is not made for turns",
    "Spin image": "a spin image forgets where on its ring a pixel stood",
    "RIFT": "RIFT counts directions from the way outwards",
    "GLOH": "GLOH first turns the region to its main direction",
    "SIFT": "SIFT finds size and direction for itself",
    "Textons": "textons count the strongest of all orientations",
}


def compare_answer(motion: Similarity, keypoints: int, right: float | None, found: Mapping[str, float | None]) -> str:
    """How far each descriptor moves, from the steadiest to the least steady, and what became of SIFT's matches."""
    if motion == Similarity():
        return "**Answer.** Nothing is changed yet, so no descriptor moves. Turn, scale or brighten the image."
    known = {name: value for name, value in found.items() if value is not None and math.isfinite(value)}
    order = sorted(known, key=lambda name: known[name])
    matched = "none of them match" if right is None else f"**{percent(right, 0)} of their matches are right**"
    sift = f"SIFT finds {keypoints} keypoints, and {matched}." if keypoints else "SIFT finds no keypoint."
    if not order or max(known.values()) == 0:
        return f"**Answer.** After {changes(motion)}, no descriptor of the point moves. {sift}"
    best, worst = order[0], order[-1]
    rest = ", ".join(f"{_short(name)}’s by {percent(known[name], 0)}" for name in order[1:-1])
    lost = (
        " SIFT does not find the keypoint nearest to the point again."
        if found.get("SIFT") is None and keypoints
        else ""
    )
    return (
        f"**Answer.** After {changes(motion)}, {_short(best)}’s descriptor at the point changes by "
        f"**{percent(known[best], 0)}**, {rest}, and {_short(worst)}’s by **{percent(known[worst], 0)}**.{lost} {sift} "
        f"{_why(motion, best, worst)}"
    )


def _short(name: str) -> str:
    return {"Spin image": "the spin image", "Textons": "the texton histogram"}.get(name, name)


def _why(motion: Similarity, best: str, worst: str) -> str:
    if not motion.turn:
        return ""
    words = _WHY[best]
    return f"{words[0].upper()}{words[1:]}{'; ' + _WHY['HOG'] if worst == 'HOG' else ''}."
