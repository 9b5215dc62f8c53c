"""Keypoints of two images that go together."""
