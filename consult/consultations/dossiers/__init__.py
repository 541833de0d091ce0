"""The file of a consultation: everything that is public about it in one document for paper.

A councillor takes it to the session, an inspector asks for it, a court reads it. It is made by a job, since a long
register takes a while, and holds nothing that the pages do not show; so it can be thrown away and made again.
"""
