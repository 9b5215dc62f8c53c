"""Signals through the layers."""
