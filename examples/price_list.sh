# A price list in CSV, dated by the name of its file
extract 'documents/2023-08-15 价格.csv' -q --columns published,item,value,unit,per,period -f csv
