#!/usr/bin/env bash
# adjusted_mutual_info_score of scikit-learn 1.9.1 keeps about 9 of float64's 16
# digits for divisions into very many groups: its expected value is made of
# logarithms of factorials around 29000, where the last digit is worth 4e-12.
# The labelings: 4000 items in pairs, and the same where every other two pairs
# have exchanged an item. Expected: the definition (Vinh, Epps and Bailey 2010,
# equation 24a) by mpmath with 40 digits; two pairs share k items with a
# probability from counting.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
python3 -m venv venv
venv/bin/pip install --quiet scikit-learn==1.9.1 numpy==2.3.5 scipy==1.16.3 mpmath==1.4.1
cat > run.py <<'PY'
import sklearn
from mpmath import log, mp, mpf
from sklearn.metrics import adjusted_mutual_info_score

mp.dps = 40
n, pairs = 4000, 2000
a = [i // 2 for i in range(n)]
b = [i // 2 if i // 4 % 2 else 2 * (i // 4) + i % 2 for i in range(n)]
all_pairs = mpf(n) * (n - 1) / 2
both, one = 1 / all_pairs, 2 * (n - 2) / all_pairs
expected_information = pairs**2 * (
    both * mpf(2) / n * log(mpf(n) / 2) + one * mpf(1) / n * log(mpf(n) / 4)
)
entropy = log(mpf(pairs))
# Half of the items are in pairs that stay, half alone in what two pairs share.
information = log(mpf(n) / 2) / 2 + log(mpf(n) / 4) / 2
expected = (information - expected_information) / (entropy - expected_information)
seen = adjusted_mutual_info_score(a, b)
print("scikit-learn", sklearn.__version__)
print("expected:", mp.nstr(expected, 16))
print("seen:    ", seen)
error = abs(seen / expected - 1)
print("relative error:", mp.nstr(error, 3))
assert error < 1e-6
assert error > 1e-12, "it has changed"
PY
venv/bin/python run.py
