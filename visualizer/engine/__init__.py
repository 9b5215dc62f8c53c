"""Nets computed once by torch and written down as a trace of steps. Imports torch only."""

from visualizer.engine.network import trace_network
from visualizer.engine.trace import Ref, Trace

__all__ = ["Ref", "Trace", "trace_network"]
