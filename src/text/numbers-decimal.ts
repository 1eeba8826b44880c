/**
 * Exact decimals for numbers found in texts: 3.4 times 10,000 is 34000, not 33999.999.
 * A decimal is an integer and the number of its digits after the point. Inputs are at most MAXIMUM_DIGITS long,
 * so every step is constant time.
 */
export type Decimal = { readonly units: bigint; readonly scale: number };

/** Longer runs of digits (account numbers, damage) are compared as written. */
export const MAXIMUM_DIGITS = 40;

export const ZERO: Decimal = { units: 0n, scale: 0 };

/** `digits` is ASCII digits with at most one point, which may come first. */
export function parseDecimal(digits: string): Decimal {
  const point = digits.indexOf(".");
  if (point < 0) return { units: BigInt(digits), scale: 0 };
  return { units: BigInt(digits.slice(0, point) + digits.slice(point + 1)), scale: digits.length - point - 1 };
}

export function fromInteger(value: number): Decimal {
  return { units: BigInt(value), scale: 0 };
}

/** Multiplies by 10 to the power given, which may be negative. */
export function shift(value: Decimal, power: number): Decimal {
  if (power <= value.scale) return { units: value.units, scale: value.scale - power };
  return { units: value.units * 10n ** BigInt(power - value.scale), scale: 0 };
}

export function add(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  return {
    units: one.units * 10n ** BigInt(scale - one.scale) + other.units * 10n ** BigInt(scale - other.scale),
    scale,
  };
}

export function multiply(one: Decimal, other: Decimal): Decimal {
  return { units: one.units * other.units, scale: one.scale + other.scale };
}

export function isZero(value: Decimal): boolean {
  return value.units === 0n;
}

/** Canonical: no leading zeros, no zeros after the last digit behind the point. */
export function formatDecimal(value: Decimal): string {
  if (value.scale <= 0) return String(value.units * 10n ** BigInt(-value.scale));
  const digits = String(value.units).padStart(value.scale + 1, "0");
  const whole = digits.slice(0, -value.scale);
  const rest = digits.slice(-value.scale).replace(/0+$/, "");
  return rest === "" ? whole : `${whole}.${rest}`;
}

/** A quotient as a terminating decimal ("0.25") where there is one, else as a fraction in lowest terms ("2/3"). */
export function formatQuotient(numerator: Decimal, denominator: Decimal): string | undefined {
  let top = numerator.units * 10n ** BigInt(denominator.scale);
  let bottom = denominator.units * 10n ** BigInt(numerator.scale);
  if (bottom === 0n) return undefined;
  const divisor = greatestCommonDivisor(top, bottom);
  top /= divisor;
  bottom /= divisor;
  let scale = 0;
  let rest = bottom;
  for (const prime of [2n, 5n]) {
    let times = 0;
    while (rest % prime === 0n) {
      rest /= prime;
      times++;
    }
    scale = Math.max(scale, times);
  }
  if (rest !== 1n) return `${String(top)}/${String(bottom)}`;
  return formatDecimal({ units: (top * 10n ** BigInt(scale)) / bottom, scale });
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  while (other !== 0n) [one, other] = [other, one % other];
  return one === 0n ? 1n : one;
}
