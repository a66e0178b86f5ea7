"""What a function gives for each key, worked out when it is first asked for, and kept as long as whoever asks."""

from collections.abc import Callable


class Once[Key, Value](dict[Key, Value]):
    """The answers of a function by what it was asked: a review says the same words again and again."""

    def __init__(self, ask: Callable[[Key], Value]) -> None:
        """Hold the function; what it gives must rest on the key alone."""
        super().__init__()
        self._ask = ask

    def __missing__(self, key: Key) -> Value:
        """The function's answer, kept from now on."""
        value = self[key] = self._ask(key)
        return value
