"""The command line on the stand-in pipeline, in a process of its own."""

import sys

import stub_pipeline

sys.modules["extractor.pipeline"] = stub_pipeline

from extractor.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
