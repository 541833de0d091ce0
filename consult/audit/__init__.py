"""The audit: replays an exported record, entry by entry, and says what in it cannot have been right.

`consult.record.verify` shows that nothing was changed, dropped or added since it was signed; here the entries are taken
at their word and judged by the rules that they themselves froze: dates, numbers, answers, stages, causes, keys. Nothing
is read but the log's files, so that anybody can do it, without us and without a database.
"""
