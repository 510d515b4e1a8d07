"""Times the built-in encoder: ``OPENBLAS_NUM_THREADS=1 python benchmarks/encoder_speed.py --passages FILE``.

FILE is JSON lines {"id", "text"}. Prints milliseconds to import, to open, for the first and for a warm question,
passages per second, and the size of the model on disk. CPU time stands beside wall time, since a shared machine
stretches the latter.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 300


def timed(name: str, action: Callable[[], object], times: int = 1) -> float:
    """Runs an action once, prints its wall and CPU milliseconds divided by ``times``, returns the wall seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:<34} {1000 * wall / times:9.3f} ms wall {1000 * cpu / times:9.3f} ms CPU")
    return wall


def import_encoder() -> None:
    import cloudqa.embedding.static  # noqa: F401


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=Path, required=True)
    passages = [json.loads(line)["text"] for line in parser.parse_args().passages.read_text("utf-8").splitlines()]
    timed("import numpy", lambda: __import__("numpy"))
    timed("import cloudqa.embedding.static", import_encoder)
    from cloudqa.embedding.layout import BUILTIN_FOLDER
    from cloudqa.embedding.static import StaticEncoder

    opened: list[StaticEncoder] = []
    timed("open tokenizer and table", lambda: opened.append(StaticEncoder()))
    encoder = opened[0]
    questions = [f"第{i}季度云计算服务的收入同比增长多少？" for i in range(ROUNDS)]
    timed("first question", lambda: encoder.encode_questions(["2017年有哪些变化？"]))
    timed("warm question", lambda: [encoder.encode_questions([q]) for q in questions], ROUNDS)
    encoder.encode_passages(passages[:100])
    wall = timed("one passage among many", lambda: encoder.encode_passages(passages), len(passages))
    print(f"{len(passages) / wall:.0f} passages of {sum(map(len, passages)) / len(passages):.0f} characters per second")
    print(f"{sum(file.stat().st_size for file in BUILTIN_FOLDER.iterdir()) / 1e6:.1f} MB on disk")


if __name__ == "__main__":
    main()
