from visualizer.engine.hog import trace_hog
