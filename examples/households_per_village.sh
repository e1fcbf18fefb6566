# Households per village
extract texts/ -q --kind households --item '农户' --sort=-value --columns place,value,period -f csv
