"""What set-up says to a person: every sentence twice, in Chinese and in English.

The bootstrap files keep to the syntax of Python 3.6, so that an old interpreter reaches the sentence which
says what to install instead of a SyntaxError.
"""

DISK_MB = 1500  # measured: 700 MB installed, and as much again while archives are unpacked


class Stop(Exception):
    """Set-up cannot go on: `zh` and `en` say what happened, that nothing is lost and what to do."""

    def __init__(self, zh, en):
        super().__init__(zh, en)
        self.zh, self.en = zh, en


def say(zh, en):
    print(f"» {zh}  {en}", flush=True)


def full_disk():
    return Stop(
        f"磁盘空间不够（需要约 {DISK_MB} MB）。腾出空间后重新运行本命令，会接着完成。",
        f"No space left on this disk (about {DISK_MB} MB needed). Free some and run this again.",
    )


def why_pip_failed(text):
    """The sentence for pip's last words on stderr."""
    if "No space left" in text or "Errno 28" in text:
        return full_disk()
    if any(word in text for word in ("Errno 13", "Errno 30", "Permission denied", "Read-only")):
        return Stop(
            "这个文件夹不能写入，程序库没有装上。请检查文件夹的权限，再重新运行本命令。",
            "This folder cannot be written to. Check its permissions and run this again.",
        )
    if "DO NOT MATCH THE HASHES" in text:
        return Stop(
            "下载到的程序库与清单不符，没有安装。请换一个下载源再试；若仍如此，请告诉我们。",
            "A package differs from the lock file and was not installed. Try another index; else tell us.",
        )
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return Stop(
            "下载源的证书没有通过验证。请核对电脑的日期；或用 PIP_CERT 指明证书，再重新运行。",
            "The certificate was not trusted. Check this computer's date or set PIP_CERT; run this again.",
        )
    if "No matching distribution" in text and "connection" not in text.lower():
        return Stop(
            "下载源没有适合这台电脑的程序库（需要 x86-64，glibc 2.28 以上或 Windows 10），或没有网络。",
            "No package for this machine (x86-64 with glibc 2.28+, or Windows 10), or no network.",
        )
    return Stop(
        "程序库没有装上（多半是没有网络）。已装好的都留着，联网后重新运行本命令即可。",
        "pip failed (see above; most often no network). What is done is kept: run this again when online.",
    )
