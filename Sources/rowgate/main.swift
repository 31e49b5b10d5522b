print("rowgate")
