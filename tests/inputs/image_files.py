"""Images as files, good and bad, made for a test."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
from PIL import Image

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def quarters(width: int = 48, height: int = 32) -> np.ndarray:
    """Red and green above, blue and white below; shape (height, width, 3)."""
    pixels = np.zeros((height, width, 3), np.uint8)
    top, left = slice(None, height // 2), slice(None, width // 2)
    bottom, right = slice(height // 2, None), slice(width // 2, None)
    pixels[top, left], pixels[top, right] = RED, GREEN
    pixels[bottom, left], pixels[bottom, right] = BLUE, WHITE
    return pixels


def noise(width: int, height: int, seed: int = 0) -> Image.Image:
    """Soft noise, so that a file of it has about the size of a photo's."""
    coarse = np.random.default_rng(seed).integers(0, 256, (height // 8, width // 8, 3), np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)


def saved(image: Image.Image | np.ndarray, form: str, **options: Any) -> bytes:
    """The file of an image."""
    file = io.BytesIO()
    picture = image if isinstance(image, Image.Image) else Image.fromarray(image)
    picture.save(file, form, **options)
    return file.getvalue()


def with_orientation(form: str, orientation: int) -> bytes:
    """`quarters()` as they look, stored so that EXIF has to turn them."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's number of the transposition that undoes each
    image = Image.fromarray(quarters())
    if orientation in back:
        image = image.transpose(Image.Transpose(back[orientation]))
    lossless = {"WEBP": {"lossless": True}, "JPEG": {"quality": 98, "subsampling": 0}}.get(form, {})
    return saved(image, form, exif=exif, **lossless)


def bare_png(width: int, height: int, data: bytes = b"", depth: int = 8, colour: int = 2, clear: bytes = b"") -> bytes:
    """A PNG with any header, right or not; `clear` is its transparent colour."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    transparency = ((b"tRNS", clear),) if clear else ()
    chunks = ((b"IHDR", header), *transparency, (b"IDAT", zlib.compress(data)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def tiled_tiff(tile: int) -> bytes:
    """A grey TIFF of 16 × 16 pixels in one tile of tile × tile."""
    start = 8 + 2 + 9 * 12 + 4
    short = {0x0100: 16, 0x0101: 16, 0x0102: 8, 0x0103: 1, 0x0106: 1, 0x0142: tile, 0x0143: tile}
    entries = [struct.pack("<HHIHH", tag, 3, 1, value, 0) for tag, value in short.items()]
    entries += [struct.pack("<HHII", tag, 4, 1, value) for tag, value in ((0x0144, start), (0x0145, 256))]
    return struct.pack("<2sHIH", b"II", 42, 8, len(entries)) + b"".join(entries) + bytes(4) + bytes(range(256))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def grey_tiff(levels: bytes, width: int, *, bits: int, meaning: int, compression: int = 1, order: str = "<") -> bytes:
    """A TIFF of one row of grey levels, as they are packed; meaning 0: 0 is white, 1: 0 is black."""
    content = levels + b"\0" * (len(levels) % 2)
    tags = [(256, width), (257, 1), (258, bits), (259, compression), (262, meaning)]
    tags += [(273, 8), (277, 1), (278, 1), (279, len(levels))]
    entries = b"".join(struct.pack(f"{order}HHII", tag, 4, 1, value) for tag, value in tags)
    head = struct.pack(f"{order}HI", 42, 8 + len(content))
    count = struct.pack(f"{order}H", len(tags))
    return (b"II" if order == "<" else b"MM") + head + content + count + entries + bytes(4)


def bitfields_bmp(red: int, green: int, blue: int) -> bytes:
    """A BMP of 2 × 2 pixels of 32 bits whose colours lie where these masks say."""
    head = b"BM" + struct.pack("<IHHI", 82, 0, 0, 66)
    return head + struct.pack("<IiiHHIIiiIIIII", 40, 2, 2, 1, 32, 3, 16, 0, 0, 0, 0, red, green, blue) + bytes(16)
