"""A conditional logit: from groups of candidates with binary evidence, one or more of them right, to weights.

The likelihood of a group is the share that its right candidates get together; weights are drawn to nought by a
Gaussian prior. Evidence seen fewer than ``least`` times gets no weight. L-BFGS from nought, so the same data give the
same weights.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from extractor.context.evidence import Evidence


class Groups:
    """Collects groups of candidates."""

    def __init__(self) -> None:
        self.numbers: dict[Evidence, int] = {}
        self._columns: list[int] = []
        self._rows = [0]
        self._starts: list[int] = []
        self._right: list[float] = []
        self._weights: list[float] = []

    def add(
        self, candidates: Sequence[Sequence[Evidence]], right: Sequence[float], weight: float = 1.0
    ) -> None:
        """A group; ``right`` says how right each candidate is (0 or 1, or between). Groups without a right one are left out."""
        if not any(right):
            return
        numbers = self.numbers
        self._starts.append(len(self._right))
        for evidence in candidates:
            self._columns.extend({numbers.setdefault(piece, len(numbers)) for piece in evidence})
            self._rows.append(len(self._columns))
        self._right.extend(right)
        self._weights.append(weight)

    def yes_no(self, evidence: Sequence[Evidence], yes: bool, weight: float = 1.0) -> None:
        """A question answered by yes or no, where no has no evidence."""
        self.add([evidence, ()], [float(yes), float(not yes)], weight)

    def fit(self, least: int, prior: float, rounds: int = 120) -> dict[Evidence, float]:
        """The weights."""
        rows = len(self._rows) - 1
        ones = np.ones(len(self._columns), np.float32)
        matrix = sparse.csr_matrix(
            (ones, np.array(self._columns, np.int32), np.array(self._rows)), shape=(rows, len(self.numbers))
        )
        kept = np.flatnonzero(np.asarray(matrix.sum(0)).ravel() >= least)
        matrix = matrix[:, kept].astype(np.float64)
        turned = matrix.T.tocsr()
        starts = np.array(self._starts)
        sizes = np.diff([*self._starts, rows])
        group = np.repeat(np.arange(len(starts)), sizes)
        right, weight = np.array(self._right), np.array(self._weights)

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            scores = matrix @ weights
            powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
            total = np.add.reduceat(powers, starts)
            good = powers * right
            good_total = np.maximum(np.add.reduceat(good, starts), 1e-300)
            residual = (powers / total[group] - good / good_total[group]) * weight[group]
            likelihood = float((weight * (np.log(good_total) - np.log(total))).sum())
            return prior / 2 * float(weights @ weights) - likelihood, turned @ residual + prior * weights

        found = minimize(
            loss, np.zeros(len(kept)), jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 8}
        ).x
        names = list(self.numbers)
        return {names[column]: float(value) for column, value in zip(kept, found, strict=True)}
