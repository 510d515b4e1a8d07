"""Makes the model directory of the package from a trained model: ``python training/quantise.py build/encoder``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from cloudqa.embedding.layout import BUILTIN_FOLDER, write_model
from cloudqa.embedding.sentence_module import UniquePieceBag


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="folder that training/train.py wrote")
    parser.add_argument("--out", type=Path, default=BUILTIN_FOLDER)
    parser.add_argument("--name", default="cloudqa-static-zh")
    options = parser.parse_args()
    bag = UniquePieceBag.load(str(options.model))
    table = json.loads(bag.tokenizer.to_str())["model"]["vocab"]
    pieces, scores = [piece for piece, _ in table], np.array([score for _, score in table], np.float32)
    vectors = bag.embedding.weight.detach().numpy()
    print(write_model(options.out, options.name, pieces, scores, bag.simplified, vectors))


if __name__ == "__main__":
    main()
