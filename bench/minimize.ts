/**
 * Finds the least value of a smooth function by limited-memory BFGS (Nocedal 1980) with a backtracking line search.
 *
 * Guarantee: the value never rises; stops when a step gains less than `tolerance` of the value or after `rounds`.
 * Cost: one evaluation a round as a rule, O(size × memory) beside it.
 */
export type Evaluate = (point: Float64Array, gradient: Float64Array) => number;
export type MinimizeOptions = { readonly rounds: number; readonly tolerance?: number };

const MEMORY = 12;
const SUFFICIENT = 1e-4;

export function minimize(start: Float64Array, evaluate: Evaluate, { rounds, tolerance = 1e-6 }: MinimizeOptions): Float64Array {
  let point = start.slice();
  let gradient = new Float64Array(point.length);
  let value = evaluate(point, gradient);
  const history: { step: Float64Array; change: Float64Array; scale: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const direction = chooseDirection(gradient, history);
    const slope = dot(direction, gradient);
    let rate = history.length === 0 ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
    let next = point;
    let nextValue = value;
    const nextGradient = new Float64Array(point.length);
    for (let attempt = 0; attempt < 25; attempt++, rate /= 2) {
      next = point.map((at, index) => at + rate * (direction[index] ?? 0));
      nextValue = evaluate(next, nextGradient.fill(0));
      if (nextValue <= value + SUFFICIENT * rate * slope) break;
    }
    if (!(nextValue < value)) break;
    const step = next.map((at, index) => at - (point[index] ?? 0));
    const change = nextGradient.map((at, index) => at - (gradient[index] ?? 0));
    const curvature = dot(step, change);
    if (curvature > 1e-12) history.push({ step, change, scale: 1 / curvature });
    if (history.length > MEMORY) history.shift();
    const gain = value - nextValue;
    point = next;
    value = nextValue;
    gradient = nextGradient;
    if (gain < tolerance * Math.abs(value)) break;
  }
  return point;
}

function chooseDirection(
  gradient: Float64Array,
  history: readonly { step: Float64Array; change: Float64Array; scale: number }[],
): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const shares: number[] = [];
  for (let at = history.length - 1; at >= 0; at--) {
    const known = history[at];
    if (!known) continue;
    shares[at] = known.scale * dot(known.step, direction);
    add(direction, known.change, -(shares[at] ?? 0));
  }
  const last = history.at(-1);
  if (last) {
    const size = 1 / (last.scale * dot(last.change, last.change));
    for (let index = 0; index < direction.length; index++) direction[index] = (direction[index] ?? 0) * size;
  }
  history.forEach((known, at) => {
    add(direction, known.step, (shares[at] ?? 0) - known.scale * dot(known.change, direction));
  });
  return direction;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

function add(to: Float64Array, values: Float64Array, times: number): void {
  for (let index = 0; index < to.length; index++) to[index] = (to[index] ?? 0) + times * (values[index] ?? 0);
}
