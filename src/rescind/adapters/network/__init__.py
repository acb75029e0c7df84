"""Network: the one room from which anything outside is connected to."""
