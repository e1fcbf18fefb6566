# Subtitles, each figure with its time
extract documents/采访.srt -q --columns locator,text,item -f csv
