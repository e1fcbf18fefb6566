# A saved web page: its text and its table
extract documents/公报.html -q --columns locator,item,value,unit,change,period -f csv
