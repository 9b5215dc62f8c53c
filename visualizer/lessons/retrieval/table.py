"""The settings of the lesson: their names in the URL, limits, labels and help."""

from __future__ import annotations

from typing import Any

from visualizer.engine.convnet.imagenet_net import STAGE_MAPS, STAGES
from visualizer.engine.retrieval.image_vectors import COLOURS, FEATURES, HOG, PIXELS
from visualizer.engine.retrieval.nearest import COSINE, EUCLID
from visualizer.lessons.retrieval.shared import CHANGED, PHOTOS
from visualizer.ui.address import Address
from visualizer.ui.settings import Choice, Integer, Setting

NEAREST, PRECISION, MAP = "nearest", "precision", "map"
OWN = "own"
WHOLE, CROP = "whole", "crop"
PCA, TSNE = "pca", "tsne"
STAGE = "stage"
MOST_QUERY = 999
ROWS: tuple[str, ...] = (FEATURES, STAGE, PIXELS, COLOURS, HOG)
"""The rankings, in the order in which they are shown."""

VIEW = Choice(
    "retrieval_view",
    "View",
    "The nearest pictures, how often they show the same, or all of them on a map.",
    {NEAREST: "Nearest", PRECISION: "Precision at k", MAP: "Map"},
    buttons=True,
    default=NEAREST,
)
GALLERY = Choice(
    "retrieval_gallery",
    "Gallery",
    "Where like pictures are looked for.",
    {
        CHANGED: "Photos, each in 6 versions",
        PHOTOS: "Photos, and yours",
        "digits": "Digits",
        "fashion": "Clothes",
        "signs": "Traffic signs, rendered",
        OWN: "Yours alone",
    },
    default=CHANGED,
)
QUERY = Integer(
    "retrieval_query",
    "Query",
    "The number of a picture of the gallery; a click on a picture does the same. Empty: the picture chosen under "
    "“Picture”.",
    0,
    MOST_QUERY,
    "your picture",
    default=0,
)
LOOK = Choice(
    "retrieval_look",
    "Of the picture",
    "Ask with the whole picture, or with the crop that is marked on it. Either is squeezed into 224 × 224 pixels.",
    {WHOLE: "the whole", CROP: "its crop"},
    buttons=True,
    default=WHOLE,
)
MEASURE = Choice(
    "retrieval_measure",
    "Distance",
    "Cosine: 1 − cos of the angle between two vectors. Euclidean: the length of their difference.",
    {COSINE: "cosine", EUCLID: "Euclidean"},
    buttons=True,
    default=COSINE,
)
COUNT = Integer(
    "retrieval_count", "Nearest shown, k", "How many of the nearest pictures are looked at.", 1, 12, default=8
)
LAYER = Integer(
    "retrieval_stage",
    "The earlier layer: stage",
    "Of the net's 7 stages, the maps at whose end are averaged: "
    + ", ".join(f"{maps} maps at {number}" for number, maps in enumerate(STAGE_MAPS, start=1))
    + ".",
    1,
    len(STAGES),
    default=2,
)
WAY_LABELS = {
    FEATURES: "Last hidden layer",
    STAGE: "Earlier layer",
    PIXELS: "Raw pixels",
    COLOURS: "Colour histogram",
    HOG: "HOG",
}
MAP_BY = Choice(
    "retrieval_map_by", "Map of", "By which numbers pictures are near each other.", WAY_LABELS, default=FEATURES
)
METHOD = Choice(
    "retrieval_method",
    "Drawn by",
    "PCA: the two directions in which the pictures differ most. t-SNE: neighbours stay neighbours, far distances say "
    "little.",
    {PCA: "PCA", TSNE: "t-SNE"},
    buttons=True,
    default=PCA,
)

TABLE: tuple[Setting[Any], ...] = (VIEW, GALLERY, QUERY, LOOK, MEASURE, COUNT, LAYER, MAP_BY, METHOD)
ADDRESS = Address("retrieval", TABLE)


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
