"""What was drawn up by hand before features were learned: from pixels to numbers, one function for each."""

from visualizer.engine.descriptors import Described, descriptor_changes, hog_at
from visualizer.engine.gloh import gloh
from visualizer.engine.hog import trace_hog
from visualizer.engine.matches import match
from visualizer.engine.rift import rift
from visualizer.engine.sift import orb, sift
from visualizer.engine.similarity import Similarity
from visualizer.engine.spin_image import spin_image
from visualizer.engine.textons import filter_responses, learn_textons, texton_histogram, texton_map

__all__ = [
    "Described",
    "Similarity",
    "descriptor_changes",
    "filter_responses",
    "gloh",
    "hog_at",
    "learn_textons",
    "match",
    "orb",
    "rift",
    "sift",
    "spin_image",
    "texton_histogram",
    "texton_map",
    "trace_hog",
]
