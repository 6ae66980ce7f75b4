export function median(values) {
  return quantile(values, 0.5);
}

/** The median of what was measured in the same round: what else the machine does falls on both alike. */
export function medianRatio(samples, others) {
  return median(samples.map((value, at) => value / others[at]));
}

/** What else the machine does only ever adds time, so that the quicker samples tell more about the code. */
export function quick(samples) {
  return quantile(samples, 0.2);
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))];
}

export function round(number, digits = 3) {
  return Number(number.toPrecision(digits));
}
