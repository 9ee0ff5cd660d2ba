-- now, most
return {give_back_due(ARGV[1], ARGV[2])}
