"""How much work is done where: runs, processes, machines, journals, and outputs that are whole or absent."""
