"""Reads a line of a formula as a viewer would, digit for digit."""

from __future__ import annotations

from decimal import Decimal

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def number(text: str) -> Decimal | None:
    """The number that a token shows; None where it shows something else."""
    mantissa, _, power = text.replace("−", "-").replace("½", "0.5").partition("·10")
    try:
        return Decimal(mantissa).scaleb(int(power.translate(SUPERSCRIPTS)) if power else 0)
    except (ArithmeticError, ValueError):
        return None


def value(tokens: list[str]) -> Decimal | None:
    """The value of numbers joined by + − · / max and brackets; None where another function stands among them."""
    total, product, factor, sign, divided, at = Decimal(0), None, None, 1, False, 0
    while at < len(tokens):
        token = tokens[at]
        if token in ("+", "−"):
            if product is not None:
                total, product = total + sign * product, None
            sign = -1 if token == "−" else 1
        elif token in ("(", "max"):
            start = tokens.index("(", at)
            at = closing(tokens, start)
            inside = tokens[start + 1 : at]
            factor = largest(inside) if token == "max" else value(inside)
        elif token == "/":
            divided = True
        elif token not in ("·", "²"):
            factor = number(token.strip("()"))
        if token not in ("+", "−", "·", "/"):
            if factor is None:
                return None
            product = factor if product is None else product / factor if divided else product * factor
            divided = False
        at += 1
    return total if product is None else total + sign * product


def closing(tokens: list[str], start: int) -> int:
    """Where the bracket closes that opens at `start`."""
    depth = 0
    for at, token in enumerate(tokens[start:], start):
        depth += (token == "(") - (token == ")")
        if depth == 0:
            return at
    raise ValueError(f"no bracket opens at {start} and closes: {tokens}")


def largest(tokens: list[str]) -> Decimal | None:
    """The largest of numbers between commas; None where something else stands among them."""
    numbers = [number(token) for token in tokens if token != ","]
    return None if None in numbers else max(each for each in numbers if each is not None)


def power_of(text: str) -> str:
    return text.partition("·10")[2]


def without_tiny(tokens: list[str]) -> list[str]:
    """The line with 0 for terms too small for the place of the largest one, which have a power of ten of their own."""
    sizes = {token: abs(number(token) or Decimal(0)) for token in tokens}
    place = power_of(max(tokens, key=lambda token: sizes[token]))
    shared = [token for token in tokens if number(token) is not None and power_of(token) == place]
    half = min(map(unit_of, shared), default=Decimal(0)) / 2
    return ["0" if power_of(token) != place and 0 < sizes[token] < half else token for token in tokens]


def unit_of(text: str) -> Decimal:
    """One unit in the last place that a shown number has."""
    mantissa, _, power = text.partition("·10")
    decimals = len(mantissa.partition(".")[2])
    return Decimal(1).scaleb(-decimals + (int(power.translate(SUPERSCRIPTS)) if power else 0))


def fault(lines: list[list[str]]) -> str | None:
    """What does not add up in the lines of one step; None where all of it does.

    A line of plain terms has to give the total exactly, where one too small for the place of the others counts as 0. A
    line with products has to give it to its last digit where it says "=", and come near where it says "≈".
    """
    total_text = lines[0][0]
    total = number(total_text)
    if total is None or not total.is_finite():
        return None
    for position, line in enumerate(lines):
        relation, right = (line[1], line[2:]) if position == 0 else (line[0], line[1:])
        plain = not any(token in ("·", "²", "/") for token in right)
        found = value(without_tiny(right) if plain else right)
        if found is None or not found.is_finite():
            continue
        difference = abs(found - total)
        if relation == "=" and (difference > 0 if plain else difference > unit_of(total_text) / 2):
            return f"{total_text} {relation} {' '.join(right)} gives {found}"
        most = max(abs(number(token) or Decimal(0)) for token in right)
        if difference > Decimal("0.01") * max(abs(total), most, most * most) + unit_of(total_text):
            return f"{total_text} {relation} {' '.join(right)} is far from {found}"
    return None
