"""A training run as it stands: weights, optimiser, schedule, and how far it got. Kept every few minutes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from network import Parser

KEPT_EVERY = 250
"""Steps; about two minutes on two cores."""


@dataclass
class Run:
    file: Path
    model: Parser
    optimiser: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LambdaLR
    epoch: int = 0
    step: int = 0
    """Of the epoch; those before it are done."""
    loss: float = 0.0
    """Sum over the epoch's steps so far."""

    def resume(self) -> None:
        """Go on where the file says, if there is one."""
        if not self.file.exists():
            return
        state = torch.load(self.file, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])
        self.epoch, self.step, self.loss = int(state["epoch"]), int(state["step"]), float(state["loss"])

    def stepped(self, loss: float) -> None:
        """A step was made, with this loss."""
        self.step, self.loss = self.step + 1, self.loss + loss
        if self.step % KEPT_EVERY == 0:
            self._keep()

    def next_epoch(self) -> None:
        """An epoch is at its end."""
        self.epoch, self.step, self.loss = self.epoch + 1, 0, 0.0
        self._keep()

    def _keep(self) -> None:
        parts = {"model": self.model, "optimiser": self.optimiser, "schedule": self.schedule}
        states = {name: part.state_dict() for name, part in parts.items()}
        beside = self.file.with_suffix(".new")  # whoever kills the run while it writes loses minutes, not the run
        torch.save({**states, "epoch": self.epoch, "step": self.step, "loss": self.loss}, beside)
        beside.replace(self.file)
