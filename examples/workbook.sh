# The cells of an Excel workbook with their names
extract documents/人口.xlsx -q --columns locator,subject,item,value,unit -f csv
