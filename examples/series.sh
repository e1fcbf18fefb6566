# How an indicator moved
extract series corpus/ -q --item 农村居民人均可支配收入 --where "change == ''" --every year --wide --csv - | cut -d, -f2,3,6-12
