"""Why a policy pack is not taken."""

from __future__ import annotations

BAD = "这份政策包不合要求，没有导入："


class PackRefused(ValueError):
    """A file that is no policy pack. Holds a Chinese sentence, with the line."""
