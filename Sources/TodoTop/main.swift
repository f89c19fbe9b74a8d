print("todotop")
