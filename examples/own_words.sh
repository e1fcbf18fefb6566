# Words of one's own: a kind for villages' roads
cat > roads.toml << 'TOML'
[[kind]]
name = "roads"
label = "道路"
nouns = ["村道", "公路"]
anywhere = ["千米"]
TOML
extract texts/ -q --lexicon roads.toml --kind roads --columns text,item,kind -f csv
