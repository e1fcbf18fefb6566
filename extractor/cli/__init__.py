"""The command line. Options only; nobody imports it."""
