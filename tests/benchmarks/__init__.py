"""What the service costs: measured by hand with `make bench`, never by a test, for a busy machine would fail it.

`towns` makes the data, `faces` asks for pages without a network in between, `pages` and `log` say what is measured,
`tables` prints it.

How the table of pages is read: a line is a page, a column a town on a kind of database; the towns of ×100 have a
hundred times as much of all that may grow. `SQL` counts the statements that read or write, `CPU ms` is the process's
own time for one request in the quietest of many short blocks, all towns by turns. `growth` is how much dearer the page
is in the large towns than in the small. The goals are 10 statements, 5 ms (1 ms for a page that is cached) and a growth
of 1.2; a line that misses one says which. CPU time looks dearer on a machine that does other work as well, so no two
runs are compared but by the yardstick, a fixed piece of Python that is printed first and last: where its median is far
above its least, or its least above that of another run, wait for a quieter hour.
"""
