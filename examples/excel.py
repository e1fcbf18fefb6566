# Into Excel, with Chinese headers, and read back (needs xlsxwriter and openpyxl)
import subprocess

import pandas

subprocess.run(["extract", "texts/", "-q", "--headers", "zh", "--xlsx", "figures.xlsx"], check=True)
sheets = pandas.read_excel("figures.xlsx", sheet_name=None)
for name, sheet in sheets.items():
    print(f"{name}: {len(sheet)} rows, {', '.join(sheet.columns[:6])} …")
