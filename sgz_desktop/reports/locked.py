"""A finished paper for somebody outside: locked with a password, and without any word about who made it."""

from __future__ import annotations

import io
import secrets


def locked(data: bytes, title: str, password: str = "") -> bytes:
    """The PDF with nothing in its properties but a neutral title; with a `password` under AES-256 (R6).

    It may be printed and remarked on; the password that allows more is thrown away.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as document:
        for key in list(document.docinfo):
            del document.docinfo[key]
        document.docinfo["/Title"] = title
        if "/Metadata" in document.Root:
            del document.Root["/Metadata"]
        out = io.BytesIO()
        if password:
            may = pikepdf.Permissions(modify_other=False, modify_assembly=False, extract=False)
            key = pikepdf.Encryption(owner=secrets.token_hex(16), user=password, R=6, allow=may)
            document.save(out, encryption=key)
        else:
            document.save(out, deterministic_id=True)
    return out.getvalue()
