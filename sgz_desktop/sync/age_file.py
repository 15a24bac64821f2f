"""age v1 files in a stream; what the library hides of faults is put right here."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator

import pyrage

from sgz_desktop.errors import AppError
from sgz_desktop.sync.age_header import Source, read_start
from sgz_desktop.sync.reasons import Reason, Refused

_NO_KEY = "No matching keys found"


def is_recipient(text: str) -> bool:
    """Is it an age public key?"""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def seal(pieces: Iterable[bytes], put: Callable[[bytes], object], recipients: Iterable[str]) -> None:
    """Encrypt the pieces to age public keys and hand the file's bytes to `put`, 64 KiB at a time."""
    keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    reader, drain = _Pieces(pieces), _Drain(put)
    with _own_faults(reader, drain):
        pyrage.encrypt_io(reader, drain, keys)


def unseal(
    source: Source,
    identity: str,
    put: Callable[[bytes], object],
    progress: Callable[[int], None] | None = None,
) -> None:
    """Decrypt a file of X25519 stanzas and hand its content to `put`; what `put` raises comes out as it is.

    Content that was handed on is what the sealer wrote, but may lack its end until this returns.
    `progress` hears the bytes of the file read so far.

    Refused: NOT_OURS, NOT_FOR_US or DAMAGED. AppError when the file cannot be read on.
    """
    key = pyrage.x25519.Identity.from_str(identity)
    feed, drain = _Feed(source, progress), _Drain(put)
    feed.put_back(read_start(feed))
    with _own_faults(feed, drain):
        try:
            pyrage.decrypt_io(feed, drain, [key])
        except (pyrage.DecryptError, OSError) as fault:
            reason = Reason.NOT_FOR_US if str(fault) == _NO_KEY else Reason.DAMAGED
            raise Refused(reason, "age says no") from None
    if feed.read(1):
        raise Refused(Reason.DAMAGED, "something stands behind the age file")


class _Side:
    """What the library reads from or writes to. It keeps the first fault it raised: the library turns some
    into its own, and says nothing of one at the very last write.
    """

    fault: BaseException | None = None

    @contextlib.contextmanager
    def _noting(self) -> Iterator[None]:
        if self.fault is not None:  # the library comes again, with what it still holds
            raise self.fault
        try:
            yield
        except BaseException as fault:
            self.fault = fault
            raise

    def raise_own(self) -> None:
        """Raise that fault as it was; it is kept no longer, and with it what its frames hold."""
        if self.fault is not None:
            own, self.fault = self.fault, None
            try:
                raise own from own.__cause__
            finally:
                del own


@contextlib.contextmanager
def _own_faults(*sides: _Side) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for side in sides:
            side.raise_own()
        raise
    for side in sides:
        side.raise_own()


class _Feed(_Side):
    """A file to be decrypted."""

    def __init__(self, source: Source, progress: Callable[[int], None] | None) -> None:
        self._source, self._progress = source, progress
        self._back, self._done = b"", 0

    def put_back(self, start: bytes) -> None:
        self._back = start

    def read(self, size: int = -1, /) -> bytes:
        if self._back:
            piece, self._back = self._back[:size], self._back[size:]
            return piece
        with self._noting():
            piece = self._next(size)
            self._done += len(piece)
            if self._progress is not None:
                self._progress(self._done)
        return piece

    def _next(self, size: int) -> bytes:
        try:
            return self._source.read(size)
        except OSError as fault:
            raise AppError("读不出这个文件，资料没有改动。", "请确认它还在原处，再读一次。") from fault


class _Pieces(_Side):
    """Content to be encrypted."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._rest = iter(pieces), memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        with self._noting():
            while not self._rest:
                if (piece := next(self._pieces, None)) is None:
                    return b""
                self._rest = memoryview(piece)
        given, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return given


class _Drain(_Side):
    """Where the library's bytes go."""

    def __init__(self, put: Callable[[bytes], object]) -> None:
        self._put = put

    def write(self, data: bytes, /) -> int:
        with self._noting():
            self._put(data)
        return len(data)

    def flush(self) -> None: ...
