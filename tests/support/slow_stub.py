"""The command line on a slow stand-in pipeline that notes which sources it examines, in a process of its own.

``deadly`` in a text ends its process, as running out of memory would; ``deadly once`` does so the first time.
"""

import os
import signal
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

    from extractor.engine import jobs, run
    from extractor.model import Document
    from tests.support import stub_pipeline

    quick = stub_pipeline.examine

    def slow(text: str, source: str = "-") -> Document:
        with open("examined.log", "a", encoding="utf-8") as log:
            log.write(source + "\n")
        if "deadly" in text and not ("once" in text and os.path.exists("died.log")):
            Path("died.log").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(float(os.environ.get("SLOW", "0")))
        return quick(text, source)

    stub_pipeline.examine = slow
    sys.modules["extractor.pipeline"] = stub_pipeline
    run.rules_digest = lambda files: "rules"  # whatever somebody edits while the tests run
    jobs.BATCH_BYTES = jobs.BATCH_SOURCES = int(os.environ.get("BATCH", "10"))

    from extractor.cli.command import main

    main()
