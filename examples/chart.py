# From table to chart (needs matplotlib)
import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

import extractor

figures = [one for one in extractor.extract("texts/") if one.kind == "money" and "零售额" in one.item]
months = [one.source.removeprefix("texts/").removesuffix(".txt") for one in figures]
axes = pyplot.figure(figsize=(5, 3)).add_subplot()
bars = axes.bar(months, [one.value / 1e8 for one in figures], color="#3b6ea5", width=0.5)
axes.bar_label(bars, fmt="%.1f")
axes.set_ylabel("100 million yuan")
axes.set_title("Online retail sales of farm products")
axes.spines[["top", "right"]].set_visible(False)
axes.margins(y=0.12)
pyplot.tight_layout()
pyplot.savefig("chart.png", dpi=120, metadata={"Software": None})
print(f"{len(figures)} bars in chart.png")
