"""The steps of engine.ts in PyTorch: prints one JSON line {"demonstration": {...}, "dense": {...}, "convolutional": {...}}.

usage: engine_torch.py THREADS SECONDS DEMONSTRATION_JSON DENSE_JSON CONVOLUTIONAL_JSON
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def layers(widths):
    return [layer for pair in zip(widths, widths[1:]) for layer in (nn.Linear(*pair), nn.ReLU())]


class DemonstrationVae(nn.Module):
    """The camera's autoencoder of assets/demo/plan.json with its learned variance for every pixel."""

    def __init__(self, pixels, hidden, latent, batch):
        super().__init__()
        self.latent = latent
        self.encoder = nn.Sequential(*layers([pixels, *hidden]), nn.Linear(hidden[-1], 2 * latent))
        self.decoder = nn.Sequential(*layers([latent, *reversed(hidden)]), nn.Linear(hidden[0], pixels))
        self.log_variance = nn.Parameter(torch.full((pixels,), -4.0))
        self.image = (batch, pixels)

    def likelihood(self, raw, x):
        image = torch.sigmoid(raw)
        own = self.nll(x, image.detach(), self.log_variance)
        common = self.nll(x, image, self.log_variance.detach().exp().mean().log())
        return own + common - common.detach()

    @staticmethod
    def nll(x, mean, log_variance):
        return 0.5 * ((x - mean).square() * torch.exp(-log_variance) + log_variance + 1.8378771).sum()


class DenseVae(nn.Module):
    def __init__(self, pixels, hidden, latent, batch):
        super().__init__()
        self.latent = latent
        self.encoder = nn.Sequential(
            nn.Linear(pixels, hidden), nn.LayerNorm(hidden), nn.GELU(),
            nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, 2 * latent),
        )
        self.decoder = nn.Sequential(
            nn.Linear(latent, hidden), nn.LayerNorm(hidden), nn.GELU(),
            nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, pixels),
        )
        self.image = (batch, pixels)


class ConvolutionalVae(nn.Module):
    def __init__(self, side, channels, latent, batch):
        super().__init__()
        inner = side // 4
        features = inner * inner * 2 * channels
        self.latent = latent
        self.encoder = nn.Sequential(
            nn.Conv2d(1, channels, 3, 2, 1), nn.GELU(), nn.Conv2d(channels, 2 * channels, 3, 2, 1), nn.GELU(),
            nn.Flatten(), nn.Linear(features, 2 * latent),
        )
        self.decoder = nn.Sequential(
            nn.Linear(latent, features), nn.GELU(), nn.Unflatten(1, (2 * channels, inner, inner)),
            nn.ConvTranspose2d(2 * channels, channels, 3, 2, 1, 1), nn.GELU(),
            nn.ConvTranspose2d(channels, 1, 3, 2, 1, 1),
        )
        self.image = (batch, 1, side, side)


def speed(model, seconds):
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    batch = model.image[0]
    x = torch.rand(model.image)
    likelihood_of = getattr(model, "likelihood", None) or (
        lambda logits, x: F.binary_cross_entropy_with_logits(logits, x, reduction="sum"))
    noise = torch.randn(batch, model.latent)

    def step():
        optimiser.zero_grad(set_to_none=True)
        mean, log_variance = model.encoder(x).chunk(2, 1)
        z = mean + torch.exp(0.5 * log_variance) * noise
        likelihood = likelihood_of(model.decoder(z), x)
        divergence = 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum()
        ((likelihood + divergence) / batch).backward()
        optimiser.step()

    for _ in range(5):
        step()
    times = []
    cpu = time.process_time()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return {
        "samplesPerSecond": batch / sorted(times)[len(times) // 2],
        "cpuMilliseconds": (time.process_time() - cpu) * 1000 / len(times),
    }


threads, seconds = int(sys.argv[1]), float(sys.argv[2])
demonstration, dense, convolutional = map(json.loads, sys.argv[3:6])
torch.set_num_threads(threads)
print(json.dumps({
    "version": torch.__version__,
    "demonstration": speed(DemonstrationVae(**demonstration), seconds),
    "dense": speed(DenseVae(**dense), seconds),
    "convolutional": speed(ConvolutionalVae(**convolutional), seconds),
}))
