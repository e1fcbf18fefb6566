# Cadres sent out, per county
import extractor

frame = extractor.to_frame(extractor.extract("texts/"))
cadres = frame[(frame["kind"] == "cadres") & frame["action"].isin(["选派", "派出"])]
county = cadres["place"].astype("string").str.extract("^(.+?县)", expand=False)
for name, number in cadres.groupby(county)["value"].sum().items():
    print(name, int(number))
