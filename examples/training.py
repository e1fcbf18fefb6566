# Training sessions and people trained, per source
import extractor

frame = extractor.to_frame(extractor.extract("texts/"))
taught = frame[frame["kind"].isin(["training", "person_times"])]
table = taught.pivot_table(index="source", columns="kind", values="value", aggfunc="sum", observed=True)
print(table.astype(int).to_string(index_names=False))
