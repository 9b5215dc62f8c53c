"""Every bad file is refused in words, with the limit; none gets an exception of another kind out of the reader."""

from __future__ import annotations

import random
import struct
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.inputs.image_files import bare_png, bitfields_bmp, grey_tiff, noise, quarters, saved, tiled_tiff
from visualizer.inputs.images.images import MAX_BYTES, PictureError, read_picture

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")


def refusal(data: bytes) -> str:
    with pytest.raises(PictureError) as caught:
        read_picture(data, "file")
    return str(caught.value)


def test_an_empty_file() -> None:
    assert refusal(b"") == "The file is empty: it has 0 bytes."


def test_a_file_above_20_mb() -> None:
    padded = saved(quarters(), "JPEG").ljust(MAX_BYTES, b"\0")

    read_picture(padded, "photo")
    assert refusal(padded + bytes(1024 * 1024)) == "The file has 21.0 MB; at most 20 MB are read."
    assert refusal(padded + b"\0").endswith("at most 20 MB are read.")


def test_a_size_is_refused_before_anything_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda _: pytest.fail("decoded"))
    message = "The image has 64.0 megapixels (8000 × 8000); at most 50 are read. Make it smaller first."

    assert refusal(bare_png(8000, 8000)) == message
    assert refusal(bare_png(5_001, 10_000)).startswith("The image has 50.0 megapixels (5001 × 10000)")


@pytest.mark.parametrize("side", [8_000, 9_800, 20_000, 100_000])
def test_no_warning_of_a_decompression_bomb_comes_out(side: int) -> None:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        message = refusal(bare_png(side, side))

    assert warned == []
    assert "at most 50 are read" in message


def test_fifty_megapixels_are_read() -> None:
    data = saved(Image.new("L", (10_000, 5_000), 77), "PNG")

    assert read_picture(data, "large").pixels.shape == (512, 1024, 3)


def test_a_bomb_in_the_tiles_of_a_small_tiff() -> None:
    assert read_picture(tiled_tiff(16), "tiles").pixels.shape == (16, 16, 3)

    assert "TIFF image" in refusal(tiled_tiff(60_000))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_truncated_file(form: str, kept: float) -> None:
    data = saved(noise(160, 120), form)

    assert refusal(data[: int(len(data) * kept)]).endswith(
        " image is truncated: its end is missing. Copy or download it once more."
    )


@pytest.mark.parametrize("form", FORMATS)
def test_any_cut_is_refused_or_leaves_the_picture(form: str) -> None:
    data = saved(noise(80, 64), form)

    for end in range(0, len(data), max(1, len(data) // 60)):
        if end < 16:
            assert refusal(data[:end])
            continue
        try:
            assert read_picture(data[:end], "cut").pixels.shape == (64, 80, 3)
        except PictureError as error:
            assert str(error).endswith(("once more.", "can't be read.", "can."))


@pytest.mark.parametrize(
    "data",
    [b"hello, this is a text\n" * 50, b"BMW and other cars", b"\0" * 100, b"PK\x03\x04" + b"\0" * 60, b"GIF", b"\xff"],
)
def test_what_is_no_image(data: bytes) -> None:
    assert refusal(data) == "The file is not an image that can be read. PNG, JPEG, WebP, GIF, BMP and TIFF can."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        (b'\xef\xbb\xbf  <?xml version="1.0"?>\n<!-- made by hand -->\n<svg:svg width="9"/>', "an SVG drawing"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a HEIC image"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "a HEIC image"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "AVIF"),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", "AVIF"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "a video"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"8BPS\0\1", "Photoshop"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
        (b"P6\n# a comment\n2 2\n255\n............", "PNM"),
    ],
)
def test_an_image_that_is_not_read_is_named(data: bytes, words: str) -> None:
    message = refusal(data)

    assert words in message
    assert message.endswith(" first.")


def test_a_page_with_a_drawing_in_it_is_no_drawing() -> None:
    assert "not an image" in refusal(b"<!doctype html><html><body><svg></svg></body></html>")


@pytest.mark.parametrize(
    "data",
    [
        bare_png(0, 5),
        bare_png(5, 0),
        b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 0, 7, 1, 24, 0, 0, 0, 0, 0, 0),
        b"GIF89a" + struct.pack("<HHBBB", 0, 0, 0, 0, 0) + b";",
    ],
)
def test_no_pixels(data: bytes) -> None:
    assert "image has 0 pixels" in refusal(data)


@pytest.mark.parametrize("form", FORMATS)
def test_damage_is_refused_or_leaves_a_picture(form: str) -> None:
    whole = saved(noise(80, 64), form)
    dice = random.Random(form)

    with warnings.catch_warnings():
        # Pillow says what it makes of broken EXIF data and TIFF tables; the log may have that.
        warnings.simplefilter("ignore", UserWarning)
        for _ in range(150):
            data = bytearray(whole)
            for _ in range(dice.randint(1, 12)):
                data[dice.randrange(len(data))] = dice.randrange(256)
            try:
                pixels = read_picture(bytes(data), "damaged").pixels
            except PictureError as error:
                assert str(error).endswith(".")
            else:
                assert pixels.dtype == np.uint8
                assert max(pixels.shape) <= 1024


@settings(max_examples=200)
@given(st.binary(max_size=200), st.sampled_from(["", *FORMATS]))
def test_any_bytes_are_refused_in_words(data: bytes, form: str) -> None:
    start = saved(quarters(4, 4), form)[:12] if form else b""

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        assert refusal(start + data).endswith(".")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (bitfields_bmp(0x7C000000, 0x3E00000, 0x1F0000), "BMP"),
        (grey_tiff(b"RIFF0000WEBP", 2, bits=8, meaning=1, compression=50001), "TIFF"),
        (grey_tiff(bytes(12), 2, bits=24, meaning=1), "TIFF"),
        (grey_tiff(bytes(12), 2, bits=8, meaning=1, compression=50002), "TIFF"),  # JPEG XL
        (grey_tiff(bytes(12), 2, bits=8, meaning=1, compression=34712), "TIFF"),  # JPEG 2000
        (grey_tiff(bytes(12), 2, bits=14, meaning=1), "TIFF"),
    ],
)
def test_a_variant_that_is_not_read_is_not_called_damaged(data: bytes, name: str) -> None:
    with pytest.raises(PictureError) as error:
        read_picture(data, "x")
    assert str(error.value) == (
        f"This variant of {name} isn't read. Open the image in another program and save it as PNG or JPEG."
    )
