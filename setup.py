"""Which folders a wheel holds: the code, and resources/ beside it as sgz_desktop/_resources.

Everything else about the package is in pyproject.toml, which cannot say both "find the packages" and "take
this folder under another name".
"""

from __future__ import annotations

from setuptools import find_namespace_packages, setup

setup(
    packages=[*find_namespace_packages(include=["sgz_desktop", "sgz_desktop.*"]), "sgz_desktop._resources"],
    package_dir={"sgz_desktop._resources": "resources"},
    package_data={"sgz_desktop._resources": ["**/*"]},
    include_package_data=False,
)
