"""What holds for all tests."""

from __future__ import annotations

import signal

# A shell that runs the tests in the background (``make test &``) has them ignore Ctrl-C, and so would every command
# that they start and interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
