# Why a row is there, and why a numeral is not
extract --explain '第二批选派54名驻村干部。'
