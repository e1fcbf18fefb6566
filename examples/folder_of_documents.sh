# Money in a folder of documents of every kind
extract documents/ -q --kind money --where "unit == '元' and value > 1e6" --columns published,text,value,locator -f csv
