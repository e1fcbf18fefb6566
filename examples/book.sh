# A book by chapters
extract documents/山乡记.epub -q --columns title,text,item,locator -f csv
