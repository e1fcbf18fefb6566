"""The command line on the stand-in pipeline, in a process of its own."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

    from tests.support import stub_pipeline

    sys.modules["extractor.pipeline"] = stub_pipeline

    from extractor.cli.command import main

    main()
