"""The ways in which image files store a pixel, brought to eight bits of red, green and blue."""

from __future__ import annotations

import numpy as np
from PIL import ExifTags, Image, ImageCms, PngImagePlugin, TiffImagePlugin

# EXIF 2.32, tag 0x0112: what to do to the stored picture so that it stands upright.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# TIFF 6.0, tags 0x0102 and 0x0106: how many bits a level has, and whether 0 is white.
_BITS, _MEANING, _WHITE_IS_ZERO = 258, 262, 0
# Pillow unpacks these, but only knows them in the other byte order, or where 0 is black.
_SIXTEEN, _TWELVE = ("I;16B", "I;16B"), ("I;16", "I;12")
for _order, _meaning, _bits, _way in (
    (b"MM", 0, 16, _SIXTEEN),
    (b"II", 0, 12, _TWELVE),
    (b"MM", 0, 12, _TWELVE),
    (b"MM", 1, 12, _TWELVE),
):
    TiffImagePlugin.OPEN_INFO.setdefault((_order, _meaning, (1,), 1, (_bits,), ()), _way)


def orientation_of(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 (upright) where there is none or it can't be read."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:
        # Broken EXIF data of a picture that is right otherwise; Pillow raises almost anything on them.
        return 1
    return orientation if isinstance(orientation, int) and orientation in _UPRIGHT else 1


def tell_transparency(image: Image.Image) -> None:
    """Before the pixels are decoded, say a PNG's transparent colour in eight bits, as Pillow compares it with those."""
    clear = image.info.get("transparency")
    raw = image.tile[0].args if isinstance(image, PngImagePlugin.PngImageFile) and image.tile else ""
    if raw == "RGB;16B" and isinstance(clear, tuple):
        image.info["transparency"] = tuple(level >> 8 for level in clear)
    elif raw in ("L;2", "L;4") and isinstance(clear, int):
        image.info["transparency"] = clear * (85 if raw == "L;2" else 17)


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """The image upright."""
    method = _UPRIGHT.get(orientation)
    return image if method is None else image.transpose(method)


def narrowed(image: Image.Image) -> Image.Image:
    """The image in mode L, RGB or RGBA: no palette, no ink, eight bits, with alpha where it has any."""
    if image.mode.startswith(("I", "F")):
        return _grey(image)
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, lab, srgb, outputMode="RGB")
        return converted or image.convert("RGB")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def flattened(image: Image.Image) -> Image.Image:
    """The image in mode RGB; what is transparent shows white."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return white.convert("RGB")


def _grey(image: Image.Image) -> Image.Image:
    """Grey levels of more than eight bits in mode L, or in mode RGBA where one of them is transparent."""
    numbers = np.asarray(image)
    tags = image.tag_v2 if isinstance(image, TiffImagePlugin.TiffImageFile) else {}
    told = tags.get(_BITS, (16,))
    levels = _eight_bits(numbers, 2 ** (told[0] if isinstance(told, tuple) else told) - 1)
    grey = Image.fromarray(255 - levels if tags.get(_MEANING) == _WHITE_IS_ZERO else levels)
    clear = image.info.get("transparency")
    if not isinstance(clear, int):
        return grey
    alpha = Image.fromarray(np.where(numbers == clear, 0, 255).astype(np.uint8))
    return Image.merge("RGBA", (grey, grey, grey, alpha))


def _eight_bits(numbers: np.ndarray, white: int) -> np.ndarray:
    """Grey levels of more than eight bits as uint8, the same shape.

    Whole numbers: 0 is black and `white` is white. Fractions: 0 is black and 1 is white. Nothing says what is white in
    other numbers (32 bits, negative ones), so the smallest becomes black and the largest white.
    """
    if numbers.dtype.kind == "u":
        return np.take(np.round(np.arange(white + 1) * (255 / white)).astype(np.uint8), numbers, mode="clip")
    finite = np.nan_to_num(numbers.astype(np.float64), posinf=0.0, neginf=0.0)
    lowest, highest = float(finite.min()), float(finite.max())
    if numbers.dtype.kind == "f" and lowest >= 0 and highest <= 1:
        lowest, highest = 0.0, 1.0
    spread = (highest - lowest) or 1.0
    return np.round((finite - lowest) / spread * 255).astype(np.uint8)
