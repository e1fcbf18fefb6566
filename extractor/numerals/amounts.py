"""Arithmetic on numbers that were read: the sign, the factor of a unit. Exact, and rounded once."""

from __future__ import annotations

from fractions import Fraction

from extractor.model import Number, Value


def negative(number: Number) -> Number:
    """The number below zero.

    >>> negative(Number(3, 3, None, "over"))
    Number(value=-3, low=None, high=-3, qualifier='over')
    """
    value, low, high, qualifier = number
    return Number(
        None if value is None else -value,
        None if high is None else -high,
        None if low is None else -low,
        qualifier,
    )


def scale(number: Number, times: Value | Fraction, plus: Value | Fraction = 0) -> Number:
    """The number times a factor plus a summand, whole where it is whole.

    >>> scale(Number(6.5, 6.5, 6.5), 10)
    Number(value=65, low=65, high=65, qualifier='exact')
    """

    def change(value: Value | None) -> Value | None:
        return None if value is None else plain(exact(value) * exact(times) + exact(plus))

    return Number(change(number.value), change(number.low), change(number.high), number.qualifier)


def exact(value: Value | Fraction) -> Fraction:
    """A value of the table as the decimal that it shows: 0.1 is one tenth."""
    return (
        value if isinstance(value, Fraction) else Fraction(repr(value) if isinstance(value, float) else value)
    )


def plain(value: Fraction) -> Value:
    """An int if it is whole, else the nearest float, to nine places as all sums are."""
    if value.denominator == 1:
        return value.numerator
    rounded = round(float(value), 9)
    return int(rounded) if rounded == int(rounded) else rounded
