"""The settings of the lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from visualizer.engine.convnet.imagenet_net import STAGE_MAPS, STAGES
from visualizer.engine.retrieval.image_vectors import COLOURS, FEATURES, HOG, PIXELS
from visualizer.engine.retrieval.nearest import COSINE, EUCLID
from visualizer.lessons.retrieval.shared import CHANGED, PHOTOS
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer
from visualizer.ui.settings import Choice

NEAREST, PRECISION, MAP = "nearest", "precision", "map"
OWN = "own"
WHOLE, CROP = "whole", "crop"
PCA, TSNE = "pca", "tsne"
STAGE = "stage"
MAX_QUERY = 999
ROWS: tuple[str, ...] = (FEATURES, STAGE, PIXELS, COLOURS, HOG)
"""The rankings, in the order in which they are shown."""

VIEW = Choice(
    "retrieval_view",
    "View",
    "The nearest images, how often they show the same, or all of them on a map.",
    {NEAREST: "Nearest", PRECISION: "Precision at k", MAP: "Map"},
    buttons=True,
    default=NEAREST,
)
WAY_LABELS = {
    FEATURES: "Last hidden layer",
    STAGE: "Earlier layer",
    PIXELS: "Raw pixels",
    COLOURS: "Colour histogram",
    HOG: "HOG",
}


@dataclass(frozen=True, kw_only=True)
class RetrievalSettings:
    """What is asked, of which gallery, and how; `query` counts the gallery's images from 1, 0 is the image."""

    view: str
    gallery: Annotated[
        str,
        Choice(
            "retrieval_gallery",
            "Gallery",
            "Where like images are looked for.",
            {
                CHANGED: "Photos, each in 6 versions",
                PHOTOS: "Photos, and yours",
                "digits": "Digits",
                "fashion": "Clothes",
                "signs": "Traffic signs, rendered",
                OWN: "Yours alone",
            },
        ),
    ] = CHANGED
    query: Annotated[
        int,
        Integer(
            "retrieval_query",
            "Query",
            "The number of an image of the gallery; a click on an image does the same. Empty: the image chosen "
            "under “Image”.",
            0,
            MAX_QUERY,
            "your image",
        ),
    ] = 0
    look: Annotated[
        str,
        Choice(
            "retrieval_look",
            "Of the image",
            "Ask with the whole image, or with the crop that is marked on it. Either is squeezed into 224 × 224 "
            "pixels.",
            {WHOLE: "the whole", CROP: "its crop"},
            buttons=True,
        ),
    ] = WHOLE
    measure: Annotated[
        str,
        Choice(
            "retrieval_measure",
            "Distance",
            "Cosine: 1 − cos of the angle between two vectors. Euclidean: the length of their difference.",
            {COSINE: "cosine", EUCLID: "Euclidean"},
            buttons=True,
        ),
    ] = COSINE
    count: Annotated[
        int, Integer("retrieval_count", "Nearest shown, k", "How many of the nearest images are looked at.", 1, 12)
    ] = 8
    stage: Annotated[
        int,
        Integer(
            "retrieval_stage",
            "The earlier layer: stage",
            "Of the net's 7 stages, the maps at whose end are averaged: "
            + ", ".join(f"{maps} maps at {number}" for number, maps in enumerate(STAGE_MAPS, start=1))
            + ".",
            1,
            len(STAGES),
        ),
    ] = 2
    map_by: Annotated[
        str, Choice("retrieval_map_by", "Map of", "By which numbers images are near each other.", WAY_LABELS)
    ] = FEATURES
    method: Annotated[
        str,
        Choice(
            "retrieval_method",
            "Drawn by",
            "PCA: the two directions in which the images differ most. t-SNE: neighbours stay neighbours, far "
            "distances say little.",
            {PCA: "PCA", TSNE: "t-SNE"},
            buttons=True,
        ),
    ] = PCA


SETTINGS = Declared(RetrievalSettings)
ADDRESS = Address("retrieval", (VIEW, *SETTINGS))


def spoken(label: str) -> str:
    """A ranking's name within a sentence."""
    if label == WAY_LABELS[HOG]:
        return label
    article = "the " if label in (WAY_LABELS[FEATURES], WAY_LABELS[COLOURS]) else ""
    return f"{article}{label[0].lower()}{label[1:]}"


def numbers_of(row: str, stage: int) -> str:
    """The name of the numbers that a ranking compares."""
    return f"stage{stage}" if row == STAGE else row


def row_label(row: str, stage: int) -> str:
    """The ranking's name, with the stage of an earlier layer."""
    return f"Stage {stage} of the net" if row == STAGE else WAY_LABELS[row]
