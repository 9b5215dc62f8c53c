"""Every format that is read, in every way of storing a pixel, against the image that went in."""

from __future__ import annotations

import builtins
import os
import struct
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from tests.inputs.image_files import bare_png, grey_tiff, noise, quarters, saved, with_orientation
from visualizer.inputs.images.images import LONGEST_SIDE, read_picture

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")


def assert_quarters(pixels: np.ndarray, tolerance: int = 0) -> None:
    """Away from the seams, which a lossy format smears."""
    wanted = quarters(pixels.shape[1], pixels.shape[0]).astype(int)
    height, width = pixels.shape[:2]
    for row in (height // 4, 3 * height // 4):
        for column in (width // 4, 3 * width // 4):
            assert np.abs(pixels[row, column] - wanted[row, column]).max() <= tolerance


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_comes_out_as_it_went_in(form: str) -> None:
    picture = read_picture(saved(quarters(), form), "quarters")

    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.shape == (32, 48, 3)
    assert_quarters(picture.pixels, tolerance=40 if form in ("JPEG", "WEBP") else 0)
    if form not in ("JPEG", "WEBP"):
        assert np.array_equal(picture.pixels, quarters())


def test_the_pixels_cannot_be_changed_by_mistake() -> None:
    picture = read_picture(saved(quarters(), "PNG"), "quarters")

    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0] = 0


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(form: str, orientation: int) -> None:
    pixels = read_picture(with_orientation(form, orientation), "photo").pixels

    assert pixels.shape == (32, 48, 3)
    assert_quarters(pixels, tolerance=10 if form == "JPEG" else 0)


def test_compressed_tiffs_stand_upright_too() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.fromarray(quarters()).transpose(Image.Transpose.ROTATE_90)

    pixels = read_picture(saved(image, "TIFF", exif=exif, compression="tiff_lzw"), "scan").pixels

    assert np.array_equal(pixels, quarters())


def test_a_large_photo_is_turned_and_brought_down() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.fromarray(quarters(2000, 1200)).transpose(Image.Transpose.ROTATE_90)

    picture = read_picture(saved(image, "JPEG", exif=exif), "photo")

    assert picture.pixels.shape == (614, 1024, 3)
    assert_quarters(picture.pixels, tolerance=3)
    assert picture.note == "2,000 × 1,200 pixels, downscaled to 1024 × 614"


def test_broken_exif_data_leave_the_picture() -> None:
    data = saved(quarters(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01\x03")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        assert_quarters(read_picture(data, "photo").pixels, tolerance=40)


@pytest.mark.parametrize("form", ["PNG", "GIF", "BMP", "TIFF"])
def test_palettes(form: str) -> None:
    image = Image.fromarray(quarters()).convert("P", palette=Image.Palette.ADAPTIVE, colors=4)

    assert np.array_equal(read_picture(saved(image, form), "palette").pixels, quarters())


def test_a_transparent_colour_of_a_palette_shows_white() -> None:
    image = Image.new("P", (4, 2), 1)
    image.putpalette([0, 0, 0, 200, 0, 0])
    image.paste(0, (0, 0, 2, 2))

    for form in ("PNG", "GIF"):
        pixels = read_picture(saved(image, form, transparency=0), "palette").pixels
        assert pixels[0, 0].tolist() == [255, 255, 255]
        assert pixels[0, 3].tolist() == [200, 0, 0]


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled(form: str) -> None:
    deep = np.array([[0, 128, 129, 257, 32_768, 65_406, 65_407, 65_535]], np.uint16)

    pixels = read_picture(saved(deep, form), "deep").pixels

    assert pixels[0, :, 0].tolist() == [0, 0, 1, 1, 128, 254, 255, 255]
    assert np.array_equal(pixels[..., 0], pixels[..., 2])


def test_sixteen_bits_of_a_mac() -> None:
    image = Image.frombytes("I;16B", (3, 1), b"\x00\x00\x80\x00\xff\xff")

    assert read_picture(saved(image, "TIFF"), "deep").pixels[0, :, 1].tolist() == [0, 128, 255]


@pytest.mark.parametrize(
    ("numbers", "levels"),
    [
        (np.array([[0.0, 0.5, 1.0]], np.float32), [0, 128, 255]),
        (np.array([[-2.0, 0.0, 2.0]], np.float32), [0, 128, 255]),
        (np.array([[7.0, 7.0, 7.0]], np.float32), [0, 0, 0]),
        (np.array([[0.0, np.nan, 1.0]], np.float32), [0, 0, 255]),
        (np.array([[0, 1_000_000, 2_000_000]], np.int32), [0, 128, 255]),
    ],
)
def test_numbers_without_a_fixed_white_go_from_smallest_to_largest(numbers: np.ndarray, levels: list[int]) -> None:
    assert read_picture(saved(numbers, "TIFF"), "field").pixels[0, :, 0].tolist() == levels


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_printers_inks(form: str) -> None:
    image = Image.fromarray(quarters()).convert("CMYK")

    assert_quarters(read_picture(saved(image, form), "inks").pixels, tolerance=3)


def test_lab_colours() -> None:
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    image = ImageCms.profileToProfile(Image.fromarray(quarters()), *profiles, outputMode="LAB")
    assert image is not None

    assert_quarters(read_picture(saved(image, "TIFF"), "lab").pixels, tolerance=25)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF"])
def test_alpha_is_laid_over_white(form: str) -> None:
    image = Image.new("RGBA", (3, 1), (200, 0, 0, 255))
    image.putpixel((1, 0), (200, 0, 0, 128))
    image.putpixel((2, 0), (0, 0, 0, 0))

    pixels = read_picture(saved(image, form, **({"lossless": True} if form == "WEBP" else {})), "alpha").pixels

    assert pixels[0, 0].tolist() == [200, 0, 0]
    assert pixels[0, 1].tolist() == [227, 127, 127]
    assert pixels[0, 2].tolist() == [255, 255, 255]


def test_grey_with_alpha_is_laid_over_white() -> None:
    image = Image.new("LA", (2, 1), (100, 255))
    image.putpixel((1, 0), (100, 0))

    assert read_picture(saved(image, "PNG"), "alpha").pixels[0, :, 0].tolist() == [100, 255]


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_colour_said_to_be_transparent_shows_white(mode: str) -> None:
    image = Image.fromarray(quarters()).convert(mode)
    data = saved(image, "PNG", transparency=image.getpixel((0, 0)))

    assert read_picture(data, "alpha").pixels[0, 0].tolist() == [255, 255, 255]


def test_alpha_does_not_bleed_when_a_picture_is_brought_down() -> None:
    image = Image.new("RGBA", (2048, 64), (0, 255, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 1024, 64))

    pixels = read_picture(saved(image, "PNG"), "alpha").pixels

    assert pixels[16, 500].tolist() == [200, 0, 0]
    assert pixels[16, 1000].tolist() == [255, 255, 255]
    red, green, _ = pixels[16].astype(int).T
    assert (green <= red).all()


def test_black_and_white() -> None:
    image = Image.new("1", (2, 1))
    image.putpixel((1, 0), 1)

    for form in ("PNG", "BMP", "TIFF", "GIF"):
        assert read_picture(saved(image, form), "bits").pixels[0, :, 0].tolist() == [0, 255]


def test_the_first_frame_of_an_animation() -> None:
    frames = [Image.fromarray(quarters()), Image.new("RGB", (48, 32), "black")]

    for form in ("GIF", "WEBP", "TIFF"):
        lossless = {"lossless": True} if form == "WEBP" else {}
        data = saved(frames[0], form, save_all=True, append_images=frames[1:], **lossless)
        assert_quarters(read_picture(data, "film").pixels)


def test_a_phone_s_jpeg_with_a_second_picture_in_it() -> None:
    data = saved(Image.fromarray(quarters()), "MPO", save_all=True, append_images=[Image.new("RGB", (48, 32))])

    assert_quarters(read_picture(data, "photo.jpg").pixels, tolerance=40)


def test_one_pixel_is_a_picture() -> None:
    for form in FORMATS:
        picture = read_picture(saved(np.full((1, 1, 3), 90, np.uint8), form), "dot")
        assert picture.pixels.shape == (1, 1, 3)
        assert abs(int(picture.pixels[0, 0, 0]) - 90) <= 2


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((LONGEST_SIDE, 3), (3, LONGEST_SIDE)),
        ((LONGEST_SIDE + 1, 3), (3, LONGEST_SIDE)),
        ((600, 1200), (1024, 512)),
        ((40_000, 1), (1, LONGEST_SIDE)),
    ],
)
def test_the_long_side_is_brought_down(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    picture = read_picture(saved(Image.new("RGB", size, (10, 20, 30)), "PNG"), "long")

    assert picture.pixels.shape == (*wanted, 3)
    assert picture.pixels[0, 5].tolist() == [10, 20, 30]
    assert ("downscaled" in picture.note) == (max(size) > LONGEST_SIDE)


def test_bringing_down_keeps_the_grey_of_fine_stripes() -> None:
    stripes = np.zeros((64, 2048, 3), np.uint8)
    stripes[:, ::2] = 255

    for form in ("PNG", "JPEG"):
        pixels = read_picture(saved(stripes, form), "stripes").pixels
        assert np.abs(pixels[:, 10:-10].astype(int) - 128).max() < 20


def test_a_draft_looks_as_the_whole_does() -> None:
    photo = noise(4000, 3000)

    drafted = read_picture(saved(photo, "JPEG", quality=92), "photo").pixels.astype(float)

    whole = np.asarray(photo.resize((1024, 768), Image.Resampling.LANCZOS)).astype(float)
    assert np.abs(drafted - whole).mean() < 2


def test_a_name_is_made_fit_to_be_shown() -> None:
    assert read_picture(saved(quarters(), "PNG"), "<b>\n" + "x" * 99).name == "<b>·" + "x" * 25 + "…"


def test_no_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    opened: list[object] = []
    files = [saved(quarters(), form) for form in FORMATS]
    with monkeypatch.context() as watched:
        for module in (builtins, os):
            watched.setattr(module, "open", lambda *given, **_: opened.append(given))
        for file in files:
            read_picture(file, "quarters")

    assert list(tmp_path.iterdir()) == []
    assert opened == []


@pytest.mark.parametrize(
    ("levels", "bits", "meaning", "wanted"),
    [
        (struct.pack("<3H", 0, 16384, 65535), 16, 0, [255, 191, 0]),
        (struct.pack("<3H", 0, 16384, 65535), 16, 1, [0, 64, 255]),
        (bytes((0xFF, 0xF8, 0x00, 0x00, 0x00)), 12, 1, [255, 128, 0]),
    ],
)
def test_a_tiff_of_many_bits_says_what_is_white(levels: bytes, bits: int, meaning: int, wanted: list[int]) -> None:
    picture = read_picture(grey_tiff(levels, 3, bits=bits, meaning=meaning), "x.tif")
    assert picture.pixels[0, :, 0].tolist() == wanted


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("meaning", "wanted"), [(0, [255, 0, 191, 127]), (1, [0, 255, 64, 128])])
def test_grey_levels_are_those_of_eight_bits_in_either_byte_order(order: str, meaning: int, wanted: list[int]) -> None:
    sixteen = struct.pack(f"{order}4H", 0, 65535, 16384, 32768)
    twelve = bytes((0x00, 0x0F, 0xFF, 0x40, 0x08, 0x00))
    for levels, bits in ((sixteen, 16), (twelve, 12)):
        data = grey_tiff(levels, 4, bits=bits, meaning=meaning, order=order)
        assert read_picture(data, "x.tif").pixels[0, :, 0].tolist() == wanted


@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_a_transparent_grey_shows_white_at_any_depth(depth: type[np.unsignedinteger[Any]]) -> None:
    grey = Image.fromarray(np.array([[0, 100, 7]], depth))
    assert read_picture(saved(grey, "PNG", transparency=7), "x.png").pixels[0, 2].tolist() == [255, 255, 255]
    assert read_picture(saved(grey, "PNG", transparency=7), "x.png").pixels[0, 0].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("row", "depth", "colour", "clear", "wanted"),
    [
        (struct.pack(">6H", 1000, 2000, 3000, 40000, 0, 0), 16, 2, struct.pack(">3H", 1000, 2000, 3000), [255, 156]),
        (bytes([0b01_10_0000]), 2, 0, struct.pack(">H", 1), [255, 170]),
        (bytes([0x12]), 4, 0, struct.pack(">H", 2), [17, 255]),
    ],
)
def test_a_transparent_colour_is_found_whatever_bits_the_file_has(
    row: bytes, depth: int, colour: int, clear: bytes, wanted: list[int]
) -> None:
    data = bare_png(2, 1, b"\0" + row, depth, colour, clear)
    assert read_picture(data, "x.png").pixels[0, :, 0].tolist() == wanted
