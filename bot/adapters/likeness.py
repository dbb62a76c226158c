"""Groups what is alike: agglomerative clustering of unit vectors by their cosine."""

import numpy as np
from numpy.typing import NDArray

APART = 0.55  # mean cosine distance; looser ones put questions together that share only a word


def groups_of(vectors: NDArray[np.float32], apart: float = APART) -> list[list[int]]:
    """The rows that belong together, the largest group first."""
    from sklearn.cluster import AgglomerativeClustering

    if len(vectors) < 2:
        return [[row] for row in range(len(vectors))]
    clustering = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=apart
    )
    labels = clustering.fit_predict(vectors)
    groups = [np.flatnonzero(labels == label).tolist() for label in range(labels.max() + 1)]
    return sorted(groups, key=lambda group: (-len(group), group[0]))
