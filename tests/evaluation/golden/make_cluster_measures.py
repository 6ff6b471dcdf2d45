"""Writes tests/fixtures/cluster_measures.json with scikit-learn's results.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 mpmath==1.4.1
    venv/bin/python tests/evaluation/golden/make_cluster_measures.py

Small labelings at the limits of the measures, and large ones whose labels are made
by the same rules in measure_limits_test.ts. The adjusted mutual information of the
large ones comes from scikit-learn and, to 30 digits, from its definition: the
logarithms of factorials of 60,000 leave scikit-learn about 9 to 12 digits of 16.
"""
import json
from collections import Counter
from pathlib import Path

import mpmath
from sklearn import metrics

mpmath.mp.dps = 30


def measures(clusters, classes):
    return {
        "adjustedMutualInformation": metrics.adjusted_mutual_info_score(classes, clusters),
        "normalizedMutualInformation": metrics.normalized_mutual_info_score(classes, clusters),
        "adjustedRandIndex": metrics.adjusted_rand_score(classes, clusters),
        "homogeneity": metrics.homogeneity_score(classes, clusters),
        "completeness": metrics.completeness_score(classes, clusters),
        "purity": metrics.cluster.contingency_matrix(clusters, classes, sparse=True).max(axis=1).sum() / len(classes),
    }


def precise(clusters, classes):
    """Vinh, Epps & Bailey 2010, equations 24a and 15, with the arithmetic mean."""
    n = len(classes)
    rows, columns = Counter(clusters), Counter(classes)
    log_n = mpmath.log(n)

    def entropy(sizes):
        return sum(many * size * (log_n - mpmath.log(size)) for size, many in Counter(sizes).items()) / n

    shared = sum(
        many * k * mpmath.log(mpmath.mpf(n) * k / (a * b))
        for (k, a, b), many in Counter(
            (k, rows[i], columns[j]) for (i, j), k in Counter(zip(clusters, classes)).items()
        ).items()
    ) / n
    expected = mpmath.mpf(0)
    for a, ways in Counter(rows.values()).items():
        for b, others in Counter(columns.values()).items():
            k = max(0, a + b - n)
            p = mpmath.binomial(b, k) * mpmath.binomial(n - b, a - k) / mpmath.binomial(n, a)
            total = mpmath.mpf(0)
            while k <= min(a, b):
                if k:
                    total += p * k * mpmath.log(mpmath.mpf(n) * k / (a * b))
                if k * n > 2 * a * b and p < mpmath.mpf(10) ** -40:
                    break
                p = p * ((a - k) * (b - k)) / ((k + 1) * (n - a - b + k + 1))
                k += 1
            expected += ways * others * total / n
    mean = (entropy(rows.values()) + entropy(columns.values())) / 2
    return float((shared - expected) / (mean - expected))


limits = {
    "one cluster": ([0, 0, 0, 0, 0], [0, 1, 1, 2, 2]),
    "one class": ([0, 1, 1, 2, 2], [0, 0, 0, 0, 0]),
    "one cluster and one class": ([3, 3, 3], [8, 8, 8]),
    "a cluster for each item": ([0, 1, 2, 3, 4], [0, 0, 1, 1, 1]),
    "a cluster and a class for each item": ([0, 1, 2, 3, 4], [4, 2, 0, 1, 3]),
    "the same with other names": ([0, 0, 1, 1, 2, 5, 5], [7, 7, 3, 3, 9, 1, 1]),
    "two clusters of one class each": ([0, 0, 1, 1, 1], [5, 5, 2, 2, 2]),
    "a split class": ([0, 1, 2, 3, 4], [0, 1, 1, 1, 1]),
    "two mixed classes": ([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]),
    "independent": ([0, 0, 1, 1], [0, 1, 0, 1]),
    "one item": ([4], [9]),
}


def mixed(i):
    """A whole number that looks random, the same in JavaScript."""
    return i * i * 7919 % 1000003


N = 60000
large = {
    "few groups": ([i // 6000 if i % 3 else mixed(i) % 10 for i in range(N)], [i // 5000 for i in range(N)]),
    "many groups": ([i * 8000 // N if i % 3 else mixed(i) % 8000 for i in range(N)], [i * 7000 // N for i in range(N)]),
    "by chance": ([mixed(i) % 100 for i in range(N)], [i // 700 for i in range(N)]),
}
# Groups of 1, 2, 3 … items: as many different sizes as there can be.
sizes = [s for s in range(1, 400) for _ in range(s)][:N]
large["all sizes"] = ([s if i % 4 else mixed(i) % 300 for i, s in enumerate(sizes)], sizes)

fixture = {
    "limits": [
        {"name": name, "clusters": clusters, "classes": classes, "measures": measures(clusters, classes)}
        for name, (clusters, classes) in limits.items()
    ],
    "large": {
        name: {**measures(clusters, classes), "precise": precise(clusters, classes)}
        for name, (clusters, classes) in large.items()
    },
}
path = Path(__file__).parents[2] / "fixtures" / "cluster_measures.json"
path.write_text(json.dumps(fixture) + "\n")
print(path, json.dumps(fixture["large"], indent=1))
