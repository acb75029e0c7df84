"""The pure part: functions from values to values; no I/O, no clock, no framework."""
