"""The model's code is Phi-3: the same numbers as transformers' own; Muon does what it says."""

import pytest

torch = pytest.importorskip("torch", reason="needs the extra [train]")
transformers = pytest.importorskip("transformers", reason="needs the extra [train]")

from repairlsp.training.muon import Muon, orthogonalize  # noqa: E402
from repairlsp.training.phi3 import Phi3  # noqa: E402
from repairlsp.training.settings import ModelSettings  # noqa: E402

pytestmark = pytest.mark.train

SETTINGS = ModelSettings(
    hidden_size=64,
    intermediate_size=96,
    layers=3,
    heads=4,
    key_value_heads=2,
    context=128,
    rope_theta=10_000.0,
)


def test_logits_equal_those_of_transformers() -> None:
    torch.manual_seed(0)
    ours = Phi3(SETTINGS, vocabulary=100)
    config = transformers.Phi3Config(
        vocab_size=100,
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=3,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=128,
        original_max_position_embeddings=128,
        tie_word_embeddings=True,
        pad_token_id=0,
        bos_token_id=None,
        eos_token_id=1,
    )
    theirs = transformers.Phi3ForCausalLM(config).eval()
    theirs.load_state_dict(ours.state_dict())
    tokens = torch.randint(0, 100, (2, 50))
    with torch.no_grad():
        expected, actual = theirs(tokens).logits, ours.logits(tokens)
    torch.testing.assert_close(actual, expected, atol=1e-5, rtol=1e-4)


def test_the_loss_is_the_weighted_cross_entropy_at_the_places() -> None:
    torch.manual_seed(0)
    model = Phi3(SETTINGS, vocabulary=100)
    tokens = torch.randint(0, 100, (2, 9))
    places, weights = torch.tensor([3, 8, 15]), torch.tensor([1.0, 0.5, 0.0])
    with torch.no_grad():
        log_probs = model.logits(tokens[:, :-1]).log_softmax(-1)
        loss = model.loss(tokens, places, weights)
    expected = -(log_probs[0, 3, tokens[0, 4]] + 0.5 * log_probs[1, 0, tokens[1, 1]]) / 1.5
    torch.testing.assert_close(loss, expected)


@pytest.mark.parametrize("shape", [(2, 32, 64), (3, 64, 32), (1, 32, 32)])
def test_orthogonalized_matrices_have_singular_values_near_one(shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    values = torch.linalg.svdvals(orthogonalize(torch.randn(*shape)))
    assert values.min() > 0.3
    assert values.max() < 1.5


def test_muon_finds_a_linear_map() -> None:
    torch.manual_seed(0)
    target = torch.randn(16, 8)
    weight = torch.nn.Parameter(torch.zeros(16, 8))
    optimizer = Muon([weight], lr=0.1)
    inputs = torch.randn(256, 8)
    losses = []
    for step in range(200):
        optimizer.param_groups[0]["lr"] = 0.1 * (1 - step / 200)
        loss = (inputs @ (weight - target).T).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 1_000
