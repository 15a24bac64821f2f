"""A dialog in which much is typed before it is saved: it does not go at the first Esc or 返回."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


class TypedDialog(QDialog):
    """Says what is not saved, and goes when asked once more with nothing typed in between."""

    _warned = ""

    def unsaved(self) -> str:
        """What is typed and not saved, in words; '' when nothing is."""
        raise NotImplementedError

    def warn(self, sentence: str) -> None:
        """Show a sentence in the dialog."""
        raise NotImplementedError

    def reject(self) -> None:
        """Go, unless something would be lost that was not spoken of yet."""
        left = self.unsaved()
        if left and left != self._warned:
            self._warned = left
            self.warn(f"{left}还没有保存。要放弃，请再按一次Esc或“返回”。")
            return
        super().reject()
