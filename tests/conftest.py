"""What holds for all tests."""

from __future__ import annotations

import signal

# a shell that starts something in the background has it ignore Ctrl-C, and so all that it starts
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
