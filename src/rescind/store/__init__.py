"""The desk: the imperative shell; cases, their events, and what is kept of them."""
