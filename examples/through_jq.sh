# Through jq
extract texts/ -q -f jsonl | jq -r 'select(.change == "up") | "\(.item) +\(.value)\(.unit) (\(.basis), \(.period))"'
