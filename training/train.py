"""Trains the built-in encoder: ``python training/train.py --data ../shared/data --out build/encoder``.

Writes a sentence-transformers model with float32 weights to ``--out``; ``training/quantise.py`` makes the model
directory of the package from it. The same data, seed and number of threads give the same model.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from datasets import Dataset
from numpy.typing import NDArray
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import Normalize
from texts import Pair, SourcePassage, is_held_out, load_pairs, load_passages, sentence_pairs, title_pairs
from vocabulary import choose_pieces, count_words, load_counts, save_counts, simplified_characters

from cloudqa.embedding.sentence_module import UniquePieceBag, unigram_tokenizer

QUERY_REPEATS = 8  # a heading that more passages than this share ("总则") names none of them


class CachedBag(UniquePieceBag):
    """The bag with each text's pieces kept, since every epoch reads the same texts."""

    cache: dict[str, tuple[NDArray[np.int64], NDArray[np.float32]]]

    def fill(self, texts: Sequence[str], chunk: int = 8192) -> None:
        """Splits all texts once."""
        self.cache = {}
        for at in range(0, len(texts), chunk):
            part = texts[at : at + chunk]
            ids, weights, starts = self.bags(part)
            for text, low, high in zip(part, starts, [*starts[1:], len(ids)], strict=True):
                self.cache[text] = (ids[low:high].astype(np.int32), weights[low:high])

    def preprocess(self, inputs: list[str], prompt: str | None = None, **kwargs: object) -> dict[str, torch.Tensor]:
        """The kept bags of the texts as tensors."""
        bags = [self.cache[text] for text in inputs]
        sizes = np.fromiter((len(ids) for ids, _ in bags), np.int64, len(bags))
        return {
            "input_ids": torch.from_numpy(np.concatenate([ids for ids, _ in bags]).astype(np.int64)),
            "weights": torch.from_numpy(np.concatenate([weights for _, weights in bags])),
            "offsets": torch.from_numpy(np.cumsum(sizes) - sizes),
        }


def training_pairs(folder: Path, passages: list[SourcePassage], options: argparse.Namespace) -> list[Pair]:
    """The pairs to train on, each query once for each positive, nothing of a held-out document."""
    pairs = load_pairs(folder, passages)
    pairs += [replace(p, query=p.positive, positive=p.query) for p in pairs if p.kind.startswith("translation")]
    if options.titles:
        pairs += title_pairs(passages)
    for turn in range(options.sentences):
        pairs += sentence_pairs(passages, options.seed + turn)
    repeats = Counter(p.query for p in set(pairs))
    kept = {
        (p.query, p.positive): p
        for p in pairs
        if (repeats[p.query] <= QUERY_REPEATS or p.kind.startswith("en-")) and not is_held_out(p.document)
    }
    return list(kept.values())


def vocabulary_texts(passages: list[SourcePassage], pairs: Iterable[Pair]) -> Iterable[str]:
    """Every text once, held-out documents left out."""
    texts = {t: None for p in passages if not is_held_out(p.document) for t in (p.title, p.heading, p.text)}
    texts |= {t: None for p in pairs for t in (p.query, p.positive)}
    return texts


def first_vectors(words: Counter[str], pieces: Sequence[str], dimension: int, seed: int) -> NDArray[np.float32]:
    """Random directions, longer for rarer pieces, zero for the unknown one."""
    generator = np.random.default_rng(seed)
    vectors = generator.standard_normal((len(pieces), dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    counts = np.array([max(words.get(piece, 1), 1) for piece in pieces], dtype=np.float64)
    vectors *= (np.log(counts.sum() / counts) / 10)[:, None].astype(np.float32)
    vectors[0] = 0
    return vectors


def build_model(options: argparse.Namespace, passages: list[SourcePassage], pairs: list[Pair]) -> SentenceTransformer:
    """An untrained model whose vocabulary is counted from the texts."""
    simplified = simplified_characters()
    if options.counts and options.counts.exists():
        words = load_counts(options.counts)
    else:
        words = count_words(vocabulary_texts(passages, pairs), simplified)
        if options.counts:
            save_counts(words, options.counts)
    chosen = choose_pieces(words, options.pieces)
    pieces, scores = [piece for piece, _ in chosen], np.float32([score for _, score in chosen])
    vectors = first_vectors(words, pieces, options.dimension, options.seed)
    bag = CachedBag(unigram_tokenizer(pieces, scores), simplified, vectors)
    return SentenceTransformer(modules=[bag, Normalize()], device="cpu")


def train(model: SentenceTransformer, pairs: list[Pair], options: argparse.Namespace) -> None:
    """Contrastive training with in-batch negatives."""
    model[0].fill(list({t: None for p in pairs for t in (p.query, p.positive)}))
    dataset = Dataset.from_dict({"query": [p.query for p in pairs], "positive": [p.positive for p in pairs]})
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(options.out / "trainer"),
        num_train_epochs=options.epochs,
        per_device_train_batch_size=options.batch,
        learning_rate=options.rate,
        lr_scheduler_type="linear",
        warmup_steps=0.1,
        max_grad_norm=0,
        save_strategy="no",
        logging_steps=20,
        report_to="none",
        seed=options.seed,
        dataloader_drop_last=True,
        disable_tqdm=True,
        use_cpu=True,
    )
    loss = MultipleNegativesRankingLoss(model, scale=options.scale)
    SentenceTransformerTrainer(model=model, args=arguments, train_dataset=dataset, loss=loss).train()


def save(model: SentenceTransformer, out: Path) -> None:
    """The model as a sentence-transformers folder of plain modules."""
    bag = model[0]
    plain = UniquePieceBag(bag.tokenizer, bag.simplified, bag.embedding.weight.detach().numpy())
    SentenceTransformer(modules=[plain, Normalize()], device="cpu").save(str(out), create_model_card=False)


def parse_options(argv: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with pairs.parquet and passages.jsonl.zst")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--counts", type=Path, help="word counts: read if the file exists, else written")
    parser.add_argument("--pieces", type=int, default=82_000)
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--batch", type=int, default=2048)
    parser.add_argument("--rate", type=float, default=5e-3)
    parser.add_argument("--scale", type=float, default=20)
    parser.add_argument("--titles", type=int, default=1, help="1: add title and heading -> passage")
    parser.add_argument("--sentences", type=int, default=1, help="rounds of sentence -> passage")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(argv)


def main() -> None:
    options = parse_options()
    began = time.perf_counter()
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    passages = load_passages(options.data)
    pairs = training_pairs(options.data, passages, options)
    print(f"{len(pairs)} pairs", dict(Counter(p.kind for p in pairs)))
    model = build_model(options, passages, pairs)
    print(f"model built after {time.perf_counter() - began:.0f} s")
    options.out.mkdir(parents=True, exist_ok=True)
    train(model, pairs, options)
    save(model, options.out)
    print(f"done after {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
