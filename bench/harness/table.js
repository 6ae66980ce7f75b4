import Table from 'cli-table3';

export function print(title, head, rows) {
  const table = new Table({
    head,
    style: { head: [], border: [] },
    colAligns: ['left', ...head.slice(1).map(() => 'right')],
  });
  table.push(...rows);
  console.log(`\n${title}\n${table}`);
}

export function nanoseconds(ns) {
  if (ns < 1e3) return `${ns.toFixed(0)} ns`;
  return ns < 1e6 ? `${(ns / 1e3).toFixed(ns < 1e4 ? 2 : 1)} µs` : `${(ns / 1e6).toFixed(2)} ms`;
}

export function times(ratio) {
  return `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;
}
