module example.com/callingplan

go 1.25.0
