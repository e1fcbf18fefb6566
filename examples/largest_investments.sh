# The largest investments
extract texts/ -q --kind money --item '投资|投入' --sort=-value --columns text,value,item,place -f csv | head -4
