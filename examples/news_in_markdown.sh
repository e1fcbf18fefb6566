# Markdown with an article per heading, each with its own date
extract documents/要闻.md -q --columns published,title,text,item,unit -f csv
