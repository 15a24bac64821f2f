"""The child: answers what it is asked over its pipes until they close."""

from __future__ import annotations

import sys

from sgz_desktop.foreign.child import serve

if __name__ == "__main__":
    serve(sys.argv[1])
