"""What packing.py packed, read as the browser does."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import numpy as np


def unpacked(text: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The header, and the arrays by name, each of which begins at a multiple of 8 bytes."""
    body = gzip.decompress(base64.b64decode(text))
    length = int.from_bytes(body[:4], "little")
    header: dict[str, Any] = json.loads(body[4 : 4 + length])
    start = -(-(4 + length) // 8) * 8
    arrays = {}
    for name, (kind, shape, offset) in header.pop("arrays").items():
        assert offset % 8 == 0
        arrays[name] = np.frombuffer(body, kind, int(np.prod(shape)), start + offset).reshape(shape)
    return header, arrays
