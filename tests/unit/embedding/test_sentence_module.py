"""The torch-free encoding against sentence-transformers, and the tokenizer against `tokenizers`."""

import random

import numpy as np
import pytest

from cloudqa.embedding.bulk import BulkTokenizer
from cloudqa.embedding.layout import BUILTIN_FOLDER, read_model
from cloudqa.embedding.pieces import UNKNOWN, PieceTokenizer, word_runs
from cloudqa.embedding.static import StaticEncoder
from cloudqa.embedding.trie import trie_strings

REPORT_TEXTS = [
    "2018财年第一季度阿里云收入同比增长多少？",
    "數據庫的複製、備份與還原（ＮＦＫＣ）",
    "How is a database replicated in Raft 2.0?",
    "“不要叫它 RAFT ordering service”",
    "云" * 300,
    "a" * 70 + "1234567890" * 9,
    "ﬁ ﷺ Σίσυφος ΟΔΥΣΣΕΥΣ İstanbul Straße Ⅳ ① ½ ℃ 한국어 カタカナ ｶﾀｶﾅ e\u0301",
    "",
    " \n\t，。",
]


@pytest.fixture(scope="module")
def tables():
    return read_model(BUILTIN_FOLDER)


@pytest.fixture(scope="module")
def odd_texts():
    """Texts of characters from everywhere in Unicode, many of them unassigned, combining or without a piece."""
    chance = random.Random(11)
    blocks = [(0x20, 0x7F), (0xA0, 0x590), (0x1E00, 0x2200), (0x2460, 0x3400), (0x3400, 0xA000), (0xF900, 0x11000)]
    blocks += [(0x1D400, 0x1D800), (0x20000, 0x20400), (0x4E00, 0x5200), (0x4E00, 0x9FFF)]
    characters = [chr(code) for low, high in blocks for code in range(low, high) if not 0xD800 <= code < 0xE000]
    return ["".join(chance.choices(characters, k=chance.randrange(40))) for _ in range(3000)]


def test_both_tokenizers_give_the_pieces_of_the_tokenizers_library(tables, odd_texts):
    from cloudqa.embedding.sentence_module import unigram_tokenizer

    pieces = trie_strings(tables.trie, len(tables.scores))
    reference = unigram_tokenizer(["<unk>", *pieces[1:]], tables.scores.tolist())
    tokenizer = PieceTokenizer(tables.trie, tables.scores, tables.simplified)
    texts = REPORT_TEXTS + odd_texts
    runs = [" ".join(word_runs(text, tables.simplified)) for text in texts]
    wanted = [[i for i in encoding.ids if i != UNKNOWN] for encoding in reference.encode_batch(runs)]
    assert [[i for i in tokenizer.ids(text) if i != UNKNOWN] for text in texts] == wanted
    ids, owners = BulkTokenizer(tables.trie, tables.scores, tables.simplified).ids(texts)
    together = [sorted(ids[owners == place].tolist()) for place in range(len(texts))]
    assert together == [sorted(row) for row in wanted]


@pytest.mark.model
def test_encoding_agrees_with_sentence_transformers_on_a_float32_export(tmp_path, odd_texts):
    from sentence_transformers import SentenceTransformer

    from cloudqa.embedding.sentence_module import export_float32

    export_float32(BUILTIN_FOLDER, tmp_path)
    reference = SentenceTransformer(str(tmp_path), trust_remote_code=True, local_files_only=True, device="cpu")
    encoder = StaticEncoder()
    texts = REPORT_TEXTS + odd_texts[:500]
    wanted = reference.encode(texts)
    assert np.abs(encoder.encode_passages(texts) - wanted).max() < 1e-5
    assert np.abs(np.concatenate([encoder.encode_questions([text]) for text in texts]) - wanted).max() < 1e-5
    assert np.linalg.norm(wanted, axis=1).max() == pytest.approx(1, abs=1e-6)
