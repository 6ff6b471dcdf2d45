"""Runs a module or a script in a private environment, which hears nothing of
what its user has set for other Pythons.

Usage: python -I sealed.py [NAME=VALUE ...] -- (-m MODULE | SCRIPT) [ARGUMENT ...]

`-I` keeps such variables from this process, and this file takes them away
from the processes that it starts, such as kernels. Each NAME=VALUE is set
after that. pip gets no settings but those of how it reaches its packages,
from variables or from pip.conf: they decide whether it works at all behind a
company's mirror, and not what is installed, or where. Other modules and what
they start get none.
"""

import configparser
import os
import runpy
import sys

STEERING = (
    "PYTHON",
    "PIP_",
    "JUPYTER",
    "IPYTHON",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "__PYVENV_LAUNCHER__",
)

REACHING = {
    "index-url",
    "pypi-url",  # an older name of it
    "extra-index-url",
    "no-index",
    "find-links",
    "trusted-host",
    "cert",
    "client-cert",
    "proxy",
    "timeout",
    "default-timeout",  # another name of it
    "retries",
    "keyring-provider",
    "cache-dir",
    "no-cache-dir",
}


def settings_of_variables():
    """pip's settings in variables such as PIP_INDEX_URL; it skips empty ones."""
    return {
        variable[4:].lower().replace("_", "-"): value
        for variable, value in os.environ.items()
        if variable.startswith("PIP_") and value
    }


def settings_of_files(named):
    """pip's settings in its files: where they are, it knows best itself. It is
    not asked for what they say, since it stops at any that it does not like.

    `named` is what PIP_CONFIG_FILE said."""
    if named == os.devnull:
        return {}
    try:
        from pip._internal.configuration import get_configuration_files, kinds

        files = get_configuration_files()
        paths = [*files[kinds.GLOBAL], *files[kinds.USER], *files[kinds.SITE]]
        if named and os.path.exists(named):
            paths = [*files[kinds.GLOBAL], *files[kinds.SITE], named]
    except (ImportError, AttributeError, KeyError):
        paths = [named] if named else []
    settings = {"global": {}, "install": {}}
    for path in paths:
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError, OSError):
            continue
        for section, found in settings.items():
            if parser.has_section(section):
                for name, value in parser.items(section):
                    if value:
                        found[name.lower().replace("_", "-")] = value
    return {**settings["global"], **settings["install"]}


def seal(module, variables):
    named = os.environ.get("PIP_CONFIG_FILE")
    own = settings_of_variables()
    for name in list(os.environ):
        if name.upper().startswith(STEERING):
            del os.environ[name]
    if module == "pip":
        for name, value in {**settings_of_files(named), **own}.items():
            if name in REACHING:
                os.environ["PIP_" + name.upper().replace("-", "_")] = value
        os.environ["PIP_CONFIG_FILE"] = os.devnull  # pip reads no file then
    os.environ.update(variables)


def main(arguments):
    split = arguments.index("--")
    variables = dict(pair.split("=", 1) for pair in arguments[:split])
    program, *rest = arguments[split + 1 :]
    if program == "-m":
        module, *rest = rest
        seal(module, variables)
        sys.argv = [module, *rest]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    else:
        seal(None, variables)
        sys.argv = [program, *rest]
        sys.path.insert(0, os.path.dirname(os.path.abspath(program)))
        runpy.run_path(program, run_name="__main__")


main(sys.argv[1:])
