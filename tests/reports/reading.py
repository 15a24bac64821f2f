"""Reads papers back as a reader would."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pypdfium2

ROOT = Path(__file__).resolve().parents[2]


def load_script(name: str) -> ModuleType:
    """A script of packaging/, which is a folder of scripts and not a package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages(data: bytes) -> list[str]:
    """Text of each page, line by line."""
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def solid(text: str) -> str:
    """Text without white space, for finding what was broken over lines."""
    return "".join(text.split())


def images(data: bytes) -> int:
    """How many pictures the file draws."""
    document = pypdfium2.PdfDocument(data)
    kind = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    return sum(1 for page in document for thing in page.get_objects() if thing.type == kind)
