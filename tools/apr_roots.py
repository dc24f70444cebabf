"""Where a sum of amounts, each discounted for its time, is worth nothing.

The worth is ``sum(amount * exp(-rate * time))``. Like a polynomial it has no more roots
than its amounts, in the order of time, change their sign, and each change can be taken
away by one derivative; between the roots of that derivative it is monotone. So all
roots are found, and none is guessed.
"""

from math import exp, fsum, inf

FLAT = 1e-12  # of the sum of all terms: where the worth touches zero without passing it


def roots(times: list[float], amounts: list[float]) -> list[float]:
    """All rates at which the worth is zero, rising.

    :param times: rising, from 0 to 1
    :param amounts: one for each time, none of them zero
    """
    turn = next(
        (n for n in range(1, len(times)) if amounts[n - 1] * amounts[n] < 0), None
    )
    if turn is None:
        return []
    middle = (times[turn - 1] + times[turn]) / 2
    slopes = [a * (middle - t) for t, a in zip(times, amounts, strict=True)]
    worth = _Worth(times, amounts)
    found = []
    ends = [(-inf, worth.sign(-inf))]
    for place in roots(times, slopes):
        touches = worth.is_flat(place)
        if touches:
            found.append(place)
        ends.append((place, 0 if touches else worth.sign(place)))
    ends.append((inf, worth.sign(inf)))
    for (low, below), (high, above) in zip(ends, ends[1:], strict=False):
        if below * above < 0:
            found.append(worth.root(low, high, below))
    return sorted(found)


class _Worth:
    """The worth of all amounts at a rate: its sign, which no size can overflow."""

    def __init__(self, times, amounts):
        self.times = times
        self.amounts = amounts

    def _terms(self, rate):
        """The terms, on a scale of their own for each rate."""
        powers = [-rate * time for time in self.times]
        top = max(powers)
        pairs = zip(self.amounts, powers, strict=True)
        return [amount * exp(power - top) for amount, power in pairs]

    def sign(self, rate):
        if rate == inf:
            return self._sign(self.amounts[0])
        if rate == -inf:
            return self._sign(self.amounts[-1])
        return self._sign(fsum(self._terms(rate)))

    @staticmethod
    def _sign(number):
        return (number > 0) - (number < 0)

    def is_flat(self, rate):
        terms = self._terms(rate)
        return abs(fsum(terms)) <= FLAT * fsum(map(abs, terms))

    def root(self, low, high, below):
        """The root between two rates, halved down to neighbouring numbers."""
        low, high = self._bracket(low, high, below)
        while True:
            middle = (low + high) / 2
            if not low < middle < high or high - low < 1e-18:
                return middle
            sign = self.sign(middle)
            if not sign:
                return middle
            if sign == below:
                low = middle
            else:
                high = middle

    def _bracket(self, low, high, below):
        """Finite rates on both sides of the root."""
        step = 1.0
        if low == -inf:
            low = min(high, 0.0) - step
            while self.sign(low) != below:
                high, step = min(high, low), 2 * step
                low -= step
        step = 1.0
        if high == inf:
            high = max(low, 0.0) + step
            while self.sign(high) == below:
                low, step = high, 2 * step
                high += step
        return low, high
