# A cross table of places and kinds
extract texts/ -q --pivot place kind -f markdown
