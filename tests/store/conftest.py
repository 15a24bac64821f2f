"""What the store's tests need besides the common fixtures."""

from __future__ import annotations

import os

# Its workers are forked from a loaded process; Windows has no fork.
collect_ignore = [] if hasattr(os, "fork") else ["test_kill.py"]
