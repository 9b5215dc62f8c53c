"""What was drawn up by hand before features were learned: from pixels to numbers, one function for each."""

from visualizer.engine.features.descriptors import Described, descriptor_changes, hog_at
from visualizer.engine.features.matches import match
from visualizer.engine.features.ring_descriptors import gloh, rift, spin_image
from visualizer.engine.features.sift import orb, sift
from visualizer.engine.features.similarity import Similarity
from visualizer.engine.features.textons import filter_responses, learn_textons, texton_histogram, texton_map
from visualizer.engine.walks.hog.hog import trace_hog

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
