# One indicator over several articles
extract texts/ -q --item '零售额' --columns source,period,value,unit,change,basis --sort source -f csv
