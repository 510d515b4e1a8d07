"""A small random transformer, run by sentence-transformers and by ONNX Runtime."""

import subprocess
import sys

import numpy as np
import pytest

from cloudqa.embedding import open_embedder
from cloudqa.errors import ModelUnavailableError

pytestmark = pytest.mark.model

TEXTS = ["云计算的收入", "数据库", "数据库的复制与备份" * 20, "a cloud", ""]
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"云计算的收入数据库复制与备份问题", "a", "cloud", ":"]


@pytest.fixture(scope="module", params=["mean", "cls"])
def folder(request, tmp_path_factory):
    """A BERT of one layer with random weights, with prompts, cut at 32 tokens."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    path = tmp_path_factory.mktemp("transformer")
    plain = path / "plain"
    plain.mkdir()
    (plain / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")
    BertTokenizerFast(vocab=str(plain / "vocab.txt")).save_pretrained(plain)
    torch.manual_seed(5)
    shape = BertConfig(
        vocab_size=len(VOCABULARY), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(shape).save_pretrained(plain)
    transformer = Transformer(str(plain), max_seq_length=32)
    model = SentenceTransformer(
        modules=[transformer, Pooling(16, pooling_mode=request.param), Normalize()],
        prompts={"query": "问题:", "document": ""},
        device="cpu",
    )
    model.save(str(path / "model"), create_model_card=False)
    return path / "model"


def export_onnx(folder):
    pytest.importorskip("onnx")
    import torch
    from transformers import AutoModel

    class Tokens(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()

        def forward(self, input_ids, attention_mask, token_type_ids):
            return self.model(input_ids, attention_mask, token_type_ids).last_hidden_state

    (folder / "onnx").mkdir()
    ids = torch.ones(2, 7, dtype=torch.long)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        Tokens(),
        (ids, ids, ids * 0),
        str(folder / "onnx" / "model.onnx"),
        input_names=names,
        output_names=["last_hidden_state"],
        dynamic_axes={name: {0: "texts", 1: "tokens"} for name in names},
        dynamo=False,
    )


@pytest.mark.filterwarnings("ignore")  # the exporter that needs no further package is an old one and warns of itself
def test_sentence_transformers_and_onnx_agree(folder):
    from sentence_transformers import SentenceTransformer

    encoder = open_embedder(str(folder))
    questions, passages = encoder.encode_questions(TEXTS), encoder.encode_passages(TEXTS)
    assert type(encoder).__name__ == "TransformerEncoder"
    assert (encoder.dimension, questions.shape, questions.dtype) == (16, (5, 16), np.float32)
    np.testing.assert_allclose(np.linalg.norm(questions, axis=1), 1, atol=1e-5)
    reference = SentenceTransformer(str(folder), local_files_only=True, device="cpu")
    np.testing.assert_allclose(questions, reference.encode(["问题:" + text for text in TEXTS]), atol=1e-5)
    np.testing.assert_allclose(passages, reference.encode(TEXTS), atol=1e-5)

    export_onnx(folder)
    by_onnx = open_embedder(str(folder))
    assert type(by_onnx).__name__ == "OnnxEncoder"
    assert by_onnx.dimension == 16
    np.testing.assert_allclose(by_onnx.encode_questions(TEXTS), questions, atol=1e-4)
    np.testing.assert_allclose(by_onnx.encode_passages(TEXTS), passages, atol=1e-4)
    assert by_onnx.encode_passages([]).shape == (0, 16)
    assert "torch" not in modules_after_opening(folder)


def modules_after_opening(folder):
    program = (
        "import sys; from cloudqa.embedding import open_embedder; open_embedder(sys.argv[1]).encode_questions(['云']);"
        "print(*(m for m in ('torch', 'transformers') if m in sys.modules))"
    )
    command = [sys.executable, "-c", program, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_a_folder_without_a_model_is_an_error_when_it_is_used(tmp_path):
    (tmp_path / "readme.txt").write_text("nothing here")
    encoder = open_embedder(str(tmp_path))
    with pytest.raises(ModelUnavailableError) as caught:
        encoder.encode_questions(["云"])
    assert str(tmp_path) in caught.value.message
    assert "docs/models.md" in caught.value.hint
