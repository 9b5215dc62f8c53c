"""What is scanned: the visitor's image, or a made scene with known boxes. People count scenes from 1; the address and
the session keep the seed, from 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine.data.labelled_images import Name, labelled_images, rendered
from visualizer.engine.detector.faces import held_out_faces, load_faces
from visualizer.engine.detector.scenes import Scene, compose, page_for, soft_canvas
from visualizer.inputs.images.images import Picture
from visualizer.inputs.images.pictures import GREY
from visualizer.ui.number_settings import Integer
from visualizer.ui.panel import is_read
from visualizer.ui.settings import Setting

_SIZE = (360, 480)
_FRESH = 1_000_000
"""Signs for a scene are rendered anew, with seeds from here on: no net has learned from them."""
_FACES, _OTHERS, _IMAGES = 9, 22, 14
_FACE_SIDES, _IMAGE_SIDES = (25, 70), (28, 72)
ASTRONAUT = (68.0, 172.0, 108.0, 108.0)
"""The face on the sample "Astronaut", annotated by hand as the patches with faces are cut: top, left, height, width."""


@dataclass(frozen=True, eq=False)
class Scanned:
    """An image to scan, and where things are known to be on it.

    Shapes: boxes (m, 4) top, left, height, width, labels (m,); both None where nothing is known.
    """

    picture: Picture
    about: str
    boxes: Tensor | None = None
    labels: Tensor | None = None

    @property
    def colour(self) -> Tensor:
        """Red, green and blue (3, rows, columns) from 0 to 1, float32: as much as the nets see."""
        return torch.tensor(self.picture.pixels, dtype=torch.float32).permute(2, 0, 1) / 255

    @property
    def grey(self) -> Tensor:
        """The brightness (1, rows, columns) from 0 to 1, float64."""
        shares = torch.tensor(GREY, dtype=torch.float64)
        return (torch.tensor(self.picture.pixels, dtype=torch.float64) @ shares)[None] / 255


def own_picture(picture: Picture, *, faces: bool) -> Scanned:
    """The visitor's image; of the astronaut we know where her face is."""
    if faces and picture.sample == "astronaut":
        return Scanned(picture, "the sample, whose one face is annotated by hand", torch.tensor([ASTRONAUT]).double())
    return Scanned(picture, f"the sample “{picture.name}”" if picture.sample else "your image")


@lru_cache(16)
def faces_scene(seed: int, split: int) -> Scanned:
    """Faces and other patches that the classifier with this seed of the split has not learned from."""
    patches, labels = load_faces()
    test = held_out_faces(split)
    dice = torch.Generator().manual_seed(seed)
    chosen = []
    for label, count in ((True, _FACES), (False, _OTHERS)):
        places = (test & (labels == label)).nonzero()[:, 0]
        chosen.append(patches[places[torch.randperm(len(places), generator=dice)[:count]]][:, None])
    canvas = soft_canvas(*_SIZE, seed)
    scene = compose(canvas, chosen[0], torch.zeros(_FACES, dtype=torch.int64), _FACE_SIDES, seed, chosen[1])
    return _scanned(scene, f"Faces {seed}", "a scene of held-out faces and other patches")


@lru_cache(16)
def images_scene(name: Name, seed: int) -> Scanned:
    """Test images of a labelled set on a dark page; signs, on a photo."""
    images = rendered(_IMAGES, _FRESH + seed) if name == "signs" else labelled_images(name, "test")
    chosen = torch.randperm(len(images), generator=torch.Generator().manual_seed(seed))[:_IMAGES]
    canvas = page_for(name, *_SIZE, test=True)
    scene = compose(canvas, images.images[chosen].double(), images.labels[chosen], _IMAGE_SIDES, seed)
    about = "signs rendered anew, on a photo" if name == "signs" else "a scene of test images"
    return _scanned(scene, f"{name} {seed}", about)


def _scanned(scene: Scene, name: str, about: str) -> Scanned:
    pixels = (scene.image * 255).round().to(torch.uint8).expand(3, -1, -1).permute(1, 2, 0).contiguous().numpy()
    pixels.flags.writeable = False
    size = f"{pixels.shape[1]} × {pixels.shape[0]} pixels"
    return Scanned(Picture(name, pixels, size, sample="scene"), about, scene.boxes, scene.labels)


class SceneSeed(Setting[int]):
    """A seed from 0, shown one larger. Links that were made when the seed itself was shown lead to the same scene."""

    def parse(self, text: str) -> int:
        return _SEED.parse(text)

    def coerce(self, value: object) -> int:
        return _SEED.coerce(value)

    def text(self, value: int) -> str:
        return _SEED.text(value)

    def draw(self, *, disabled: bool = False, on_change: Callable[[], None] | None = None) -> int:
        """Draw a field for the scene's number. It is not bound to the address, which holds another number."""
        self.keep_in_address()
        seed = self.asked()
        if is_read(self.name):
            return seed
        shown = f"{self.name}_shown"
        st.session_state[shown] = float(seed + 1)

        def take() -> None:
            st.session_state[self.name] = self.coerce(st.session_state[shown] - 1)
            st.query_params.pop(self.name, None)
            self.keep_in_address()
            if on_change:
                on_change()

        st.number_input(
            f"{self.label} (1\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}{_SEED.maximum + 1:,})",
            min_value=1.0,
            max_value=_SEED.maximum + 1.0,
            step=1.0,
            format="%0.0f",
            help=self.help,
            key=shown,
            disabled=disabled,
            on_change=take,
        )
        return seed


_SEED = Integer("det_scene_seed", "Scene", "Another scene has other images at other places.", 0, 999, default=0)
SCENE_SEED = SceneSeed(_SEED.name, _SEED.label, _SEED.help, default=_SEED.default)
