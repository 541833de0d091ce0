"""Passwords are hashed two at a time; who comes when twenty wait is asked to come back."""

import time
from collections import Counter
from threading import Lock

import anyio

from consult.store.database import Busy
from web.hashing import QUEUE, TURNS, Hashing


class Work:
    """Slow work that notes how many do it at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._now = 0
        self.most = 0

    def __call__(self) -> str:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(0.02)
        with self._lock:
            self._now -= 1
        return "done"


def test_of_a_hundred_sign_ins_at_once_two_are_hashed_twenty_wait_and_the_others_come_back() -> None:
    work, answers = Work(), Counter[str]()

    async def sign_in(hashing: Hashing) -> None:
        try:
            answers[await hashing.run(work)] += 1
        except Busy:
            answers["busy"] += 1

    async def crowd() -> None:
        hashing = Hashing()
        for _ in range(2):
            async with anyio.create_task_group() as people:
                for _ in range(100):
                    people.start_soon(sign_in, hashing)

    anyio.run(crowd)

    assert answers == {"done": 2 * (TURNS + QUEUE), "busy": 2 * (100 - TURNS - QUEUE)}
    assert work.most == TURNS
