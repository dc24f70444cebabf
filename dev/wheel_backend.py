"""Build back end: whool, under the addon's name whatever the clone's folder is called.

whool takes the folder's name for the addon's, and every file in it; this copies what
belongs to the addon into a folder of that name and lets whool work there.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from whool import buildapi

ADDON = "solidarity_hub"
# What a hub that installs the addon has no use for.
LEFT_OUT = {"dev", ".ci", "Makefile", "tests", "dist", "build"}
LEFT_OUT |= {".gitattributes", ".gitignore", ".pylintrc", ".editorconfig"}


def _files(root):
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
    ]
    try:
        names = subprocess.check_output(
            [*command, "--exclude-standard"], cwd=root, text=True
        ).split("\0")
    except (OSError, subprocess.CalledProcessError):  # not a clone
        names = [str(path.relative_to(root)) for path in root.rglob("*")]
    for name in filter(None, names):
        parts = Path(name).parts
        kept = parts[0] not in LEFT_OUT and "__pycache__" not in parts
        if kept and parts[0] != ".git" and (root / name).is_file():
            yield name


@contextlib.contextmanager
def _addon_folder():
    root = Path.cwd()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / ADDON
        for name in _files(root):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(root)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    target = os.path.abspath(wheel_directory)
    with _addon_folder():
        return buildapi.build_wheel(target, config_settings, None)


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    target = os.path.abspath(metadata_directory)
    with _addon_folder():
        return buildapi.prepare_metadata_for_build_wheel(target, config_settings)
