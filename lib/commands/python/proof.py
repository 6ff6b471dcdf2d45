"""Proves that a private environment is whole, or says what is wrong with it.

Usage: python -I sealed.py -- proof.py LIST PINS [MODULE ...]

Checked are the versions of PINS, such as "jupyterlab==4.6.6 nbclient==0.11.0",
every file of every package, and that each MODULE can be imported. LIST is a
file with the names of all packages that were there the first time; it is
written then. Later others may be added, and all but PINS may change version.
"""

import csv
import importlib
import os
import sys
from importlib import metadata

# Files of other kinds, such as pages of JupyterLab, may be made anew.
CODE = (".py", ".so", ".pyd", ".dll", ".dylib")


def fault_in_files(package):
    """A file of the package that is gone or, where it is code, of another size."""
    record = package.read_text("RECORD")
    if record is None:
        return "has no list of its files"
    for name, _, size in csv.reader(record.splitlines()):
        if name.endswith(".pyc"):
            continue  # Compiled copies come and go.
        try:
            found = os.stat(package.locate_file(name)).st_size
        except OSError:
            return f"lacks {name}"
        if size and name.endswith(CODE) and found != int(size):
            return f"has a damaged {name}"
    return None


def fault(packages, modules):
    for wanted in packages:
        name, _, expected = wanted.partition("==")
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            return f"{name} is missing"
        # A build for the processor alone says so after a plus.
        if expected and package.version.split("+")[0] != expected:
            return f"{name} is {package.version} and not {expected}"
        problem = fault_in_files(package)
        if problem:
            return f"{name} {problem}"
    for module in modules:
        try:
            importlib.import_module(module)
        except Exception as error:
            return f"{module} cannot be imported: {error}"
    return None


def main(path, pins, *modules):
    known = os.path.exists(path)
    if known:
        with open(path, encoding="utf-8") as file:
            packages = file.read().splitlines()
    else:
        packages = sorted({each.name for each in metadata.distributions()})
    problem = fault([*pins.split(), *packages], modules)
    if problem:
        sys.exit(problem)
    if not known:
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(packages) + "\n")


main(*sys.argv[1:])
