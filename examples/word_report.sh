# The table of a Word report, headers that span two columns resolved
extract documents/总结.docx -q --where "rule == 'table.cell'" --columns locator,subject,item,value,period -f csv
