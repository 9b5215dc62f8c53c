"""Wider hidden layers."""
