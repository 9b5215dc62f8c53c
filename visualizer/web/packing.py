"""Arrays as one constant text for the browser: a header in JSON and the arrays behind it, gzip, base64."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

_ALIGNED = 8
_LEVEL = 5
"""Of gzip: higher takes longer, and saves 2 % at most."""


def packed_arrays(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray], *, level: int = _LEVEL) -> str:
    """The length of the header in 4 bytes, the header, and the arrays, each beginning at a multiple of 8 bytes.

    The header gets an entry "arrays": type, shape and offset of each. `unpackArrays` of packing.js reads it.
    """
    placed, offset = {}, 0
    for name, array in arrays.items():
        placed[name] = (str(array.dtype), array.shape, offset)
        offset += _padded(array.nbytes)
    head = json.dumps({**header, "arrays": placed}, ensure_ascii=False, allow_nan=False).encode()
    parts = [(len(head).to_bytes(4, "little") + head), *(array.tobytes() for array in arrays.values())]
    body = b"".join(part.ljust(_padded(len(part)), b"\0") for part in parts)
    return base64.b64encode(gzip.compress(body, compresslevel=level, mtime=0)).decode("ascii")


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
