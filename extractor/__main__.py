"""``python -m extractor``, the same as ``extract``."""

from extractor.cli.command import main

if __name__ == "__main__":
    main()
