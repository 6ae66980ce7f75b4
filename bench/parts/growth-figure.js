// The growth tables as one figure of three panels.
import { drawPanels } from '../harness/svg.js';

export function drawGrowth(growth) {
  // One Node.js is enough for the shapes.
  const [{ node }] = growth.policies;
  const [policies, requests, results] = ['policies', 'requests', 'results'].map((part) =>
    growth[part].filter((row) => row.node === node),
  );
  return drawPanels('Cost of a call against size', [
    {
      title: 'Size of the policy',
      x: 'exact origins and patterns',
      series: linesOf(policies, [
        'withCors, allowed',
        'withCors, allowed by a pattern',
        'withCors, refused',
        'withCors, refused, worst origin',
        '@middy/http-cors, allowed by a pattern',
        '@middy/http-cors, refused',
      ]),
    },
    { title: 'Hostile request headers, withCors', x: 'bytes', series: linesOf(requests) },
    { title: 'Headers in the result', x: 'headers', series: linesOf(results) },
  ]);
}

function linesOf(rows, names = [...new Set(rows.map(({ series }) => series))]) {
  return names.map((name) => ({
    name,
    points: rows.filter(({ series }) => series === name).map(({ size, ns }) => [size, ns / 1000]),
  }));
}
