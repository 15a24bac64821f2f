"""Finished papers one after another in one PDF, each as it is: to be looked at and printed together."""

from __future__ import annotations

import io
from collections.abc import Sequence


def joined(papers: Sequence[tuple[str, bytes]]) -> bytes:
    """The PDF of papers by (title, bytes), with a bookmark on each. One alone stays as it is."""
    if len(papers) == 1:
        return papers[0][1]
    import pikepdf

    with pikepdf.new() as whole:
        with whole.open_outline() as outline:
            for title, data in papers:
                first = len(whole.pages)
                with pikepdf.open(io.BytesIO(data)) as one:
                    whole.pages.extend(one.pages)
                outline.root.append(pikepdf.OutlineItem(title, first))
        out = io.BytesIO()
        whole.save(out, deterministic_id=True)
    return out.getvalue()
