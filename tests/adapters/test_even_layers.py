"""Layers made even for eight bits do what they did, and what goes into them is less loud."""

import pytest
import torch
from torch import nn

from bot.adapters.even_layers import (
    SHARE_APART,
    EvenLinear,
    even_out,
    layers_of,
    read_peaks,
    source_of,
)

WIDTH = 48


def loud_input() -> torch.Tensor:
    """Ten rows in which two channels are a hundred times as loud as the rest."""
    given = torch.randn((10, WIDTH), generator=torch.Generator().manual_seed(1))
    given[:, [3, 17]] *= 100
    return given


def even_layer(given: torch.Tensor) -> tuple[nn.Linear, EvenLinear]:
    layer = nn.Linear(WIDTH, 5)
    heaviest = layer.weight.data.abs().max(0).values
    return layer, EvenLinear(layer, given.abs().max(0).values, heaviest)


def test_an_even_layer_does_what_the_layer_did() -> None:
    given = loud_input()
    layer, even = even_layer(given)
    assert torch.allclose(layer(given), even(given), rtol=1e-4, atol=1e-4)


def test_the_loudest_channels_are_kept_apart() -> None:
    _, even = even_layer(loud_input())
    assert even.get_buffer("loudest").tolist() == [3, 17]
    assert len(even.get_buffer("loudest")) == WIDTH // SHARE_APART
    assert not even.even.weight.data[:, [3, 17]].any()


def test_what_goes_into_eight_bits_is_even() -> None:
    given = loud_input()
    _, even = even_layer(given)
    quantised = (given * even.get_buffer("share")).abs().max(0).values
    quiet = quantised[quantised > 0]
    before = given.abs().max(0).values
    assert float(quiet.max() / quiet.median()) < 3 < float(before.max() / before.median())


def test_query_key_and_value_share_what_goes_into_them() -> None:
    assert source_of("layer.0.attention.attn.k") == source_of("layer.0.attention.attn.v")
    assert source_of("layer.0.attention.attn.o") == "layer.0.attention.attn.o"


def test_there_are_peaks_for_every_layer_of_an_encoder_of_this_form() -> None:
    peaks = read_peaks()
    assert len(peaks) == 12 * 4
    assert {len(peak) for peak in peaks.values()} == {768, 3072}
    assert all(float(peak.min()) >= 0 and bool(peak.isfinite().all()) for peak in peaks.values())


def test_every_linear_layer_is_replaced() -> None:
    encoder = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, WIDTH))
    given = loud_input()
    wanted = encoder(given)
    even_out(encoder, {name: torch.full((WIDTH,), 2.0) for name in layers_of(encoder)})
    assert isinstance(encoder[0], EvenLinear)
    assert isinstance(encoder[2], EvenLinear)
    assert torch.allclose(encoder(given), wanted, rtol=1e-3, atol=1e-3)


def test_a_layer_without_measured_peaks_is_named() -> None:
    with pytest.raises(KeyError, match="0"):
        even_out(nn.Sequential(nn.Linear(WIDTH, 3)), {})
