"""Personnel (督学队伍): who may inspect, who is listed where, who is trained."""
