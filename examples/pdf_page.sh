# A page of a newspaper as PDF, in two columns
extract documents/日报.pdf -q --columns locator,text,item -f csv
