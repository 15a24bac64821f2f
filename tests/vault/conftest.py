"""Helpers are imported by name; a busy machine is no reason for a property test to fail."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile("vault", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("vault")
