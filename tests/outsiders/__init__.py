"""The record before programs that none of us wrote: Go's note and tlog packages, aics-tlog and aics-witness."""
