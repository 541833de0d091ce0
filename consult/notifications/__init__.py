"""What people are told: letters, each in its reader's language."""

from consult.notifications.letters import deliver, render

__all__ = ["deliver", "render"]
