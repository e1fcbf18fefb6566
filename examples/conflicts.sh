# What articles tell differently
extract corpus/ -q --conflicts - | cut -d, -f1,2,4,5,6,11,12,14,17
