"""The built-in encoder as it ships."""

import subprocess
import sys

import numpy as np
import pytest

from cloudqa.embedding import open_embedder
from cloudqa.embedding.static import StaticEncoder


@pytest.fixture(scope="module")
def encoder():
    return StaticEncoder()


def cosine(encoder, left, right):
    return float(encoder.encode_questions([left])[0] @ encoder.encode_passages([right])[0])


def test_open_embedder_without_a_name_gives_the_builtin_encoder():
    opened = open_embedder(None)
    assert opened.name.startswith("cloudqa-static-zh@")
    assert opened.encode_passages(["云计算"]).shape == (1, opened.dimension)


def test_rows_have_length_one_in_float32(encoder):
    vectors = encoder.encode_passages(["云计算的收入", "statutes and laws", "第3条"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_unknown_text_gives_a_zero_row(encoder):
    vectors = encoder.encode_passages(["", "，。！？ \n", "\U0001f600\U0001f601", "\U0002f9f4\U0002fa1d", "数据"])
    assert not vectors[:4].any()
    assert vectors[4].any()


def test_traditional_full_width_and_case_are_one_spelling(encoder):
    plain = encoder.encode_passages(["数据库的性能与云计算服务 ABC 2017"])
    np.testing.assert_array_equal(encoder.encode_passages(["數據庫的性能與雲計算服務 ａｂｃ ２０１７"]), plain)


def test_a_text_is_encoded_alike_alone_and_among_others(encoder):
    texts = [f"第{i}条 服务器的内存为{i}GB，价格下降" for i in range(600)] + [""]
    together = encoder.encode_passages(texts)
    for place in (0, 1, 300, 599, 600):
        np.testing.assert_array_equal(encoder.encode_passages([texts[place]])[0], together[place])


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)
    assert encoder.piece_bags([]).starts.tolist() == [0]


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("怎样备份数据库？", "定期导出数据可以在故障后恢复数据库。", "委员会每年召开一次会议。"),
        ("How is a database replicated?", "数据库的复制把数据保存到多个节点。", "病人应当多喝水，注意休息。"),
        ("电脑为什么变慢", "计算机运行缓慢的原因通常是内存不足。", "本法自公布之日起施行。"),
    ],
)
def test_the_passage_that_answers_is_nearer(encoder, question, near, far):
    assert cosine(encoder, question, near) > cosine(encoder, question, far) + 0.1


def test_token_vectors_add_up_to_the_text(encoder):
    text = "云计算服务，云计算平台 cloud"
    weights, directions = encoder.token_vectors(text)
    total = weights @ directions
    np.testing.assert_allclose(np.linalg.norm(directions, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(total / np.linalg.norm(total), encoder.encode_passages([text])[0], atol=1e-6)


def test_piece_bags_weigh_by_one_plus_log_of_occurrences(encoder):
    bags = encoder.piece_bags(["数据，数据，数据", "", "服务"])
    assert bags.starts.tolist() == [0, 1, 1, 2]
    np.testing.assert_allclose(bags.weights, [1 + np.log(3), 1], rtol=1e-6)
    np.testing.assert_array_equal(encoder.piece_bags(["服务"]).ids, bags.ids[1:])


def test_a_question_is_encoded_without_torch_or_tokenizers():
    program = (
        "import sys; from cloudqa.embedding import open_embedder; open_embedder().encode_questions(['云']);"
        "print([m for m in ('torch', 'tokenizers', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
