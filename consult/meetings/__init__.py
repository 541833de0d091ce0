"""Meetings: public debates, dialogues and sessions, with who speaks, who attends, what is on the agenda, and minutes.

What a meeting is about is another room's business: a consultation knows its debates and its sessions, and a meeting
knows neither.
"""
