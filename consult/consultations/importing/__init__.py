"""Reading the text of a draft from the file in which a department wrote it: bytes in, plain text out.

Each format has a module that gives the words in their order, with the numbers that office programs draw in front of
them, and tables in their plain form; what could not be taken along is said. All of it is pure, and is run as a process
of its own (`consult.consultations.source_files`): a file from outside may be made to exhaust whoever opens it.
"""
