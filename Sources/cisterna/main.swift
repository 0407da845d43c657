print("cisterna")
