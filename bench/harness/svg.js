// Line charts with two logarithmic axes, side by side, as one SVG that is readable on light and on dark pages.

const PANEL = { width: 330, height: 250, left: 72, right: 14, top: 34, gap: 46 };
const LEGEND_LINE = 17;
/** Okabe and Ito's colours, told apart by most eyes and visible on white and on black; dashes tell them apart in print. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b8860b', '#56b4e9'];
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '', '6 3'];

const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600 }
.axis { stroke: #57606a; fill: none }
.grid { stroke: #d0d7de; stroke-width: .6 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .axis { stroke: #9198a1 }
  .grid { stroke: #3d444d }
}`;

/** Each panel is `{ title, x, series: [{ name, points: [x, microseconds][] }] }`; all share one vertical axis. */
export function drawPanels(title, panels) {
  const step = PANEL.left + PANEL.width + PANEL.right;
  const longest = Math.max(...panels.map(({ series }) => series.length));
  const height = PANEL.top + PANEL.height + PANEL.gap + longest * LEGEND_LINE + 8;
  const y = logScale(
    panels.flatMap(pointsOf).map(([, value]) => value),
    PANEL.top + PANEL.height,
    PANEL.top,
  );
  const drawn = panels.map((panel, at) => `<g transform="translate(${at * step} 0)">${drawPanel(panel, y)}</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${panels.length * step} ${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>${STYLE}
</style>
${drawn.join('\n')}
</svg>
`;
}

function pointsOf({ series }) {
  return series.flatMap(({ points }) => points);
}

function drawPanel({ title, x: label, series }, y) {
  const [left, right] = [PANEL.left, PANEL.left + PANEL.width];
  const [top, bottom] = [PANEL.top, PANEL.top + PANEL.height];
  const x = logScale(
    pointsOf({ series }).map(([size]) => size),
    left,
    right,
  );
  return [
    text(left, 18, title, 'start', 'title'),
    ...y.ticks.map((value) => line(left, y.at(value), right, y.at(value), 'grid')),
    ...y.ticks.map((value) => text(left - 6, y.at(value) + 4, time(value), 'end')),
    ...x.ticks.map((value) => text(x.at(value), bottom + 17, count(value), 'middle')),
    `<path class="axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    text((left + right) / 2, bottom + 34, label, 'middle'),
    `<g transform="translate(14 ${(top + bottom) / 2}) rotate(-90)">${text(0, 0, 'time per call', 'middle')}</g>`,
    ...series.map(({ points }, at) =>
      curve(
        points.map(([size, value]) => [x.at(size), y.at(value)]),
        at,
      ),
    ),
    ...series.map(({ name }, at) => legend(name, at, left, bottom + PANEL.gap + 10 + at * LEGEND_LINE)),
  ].join('\n');
}

/** Whole decades, so that every tick is a power of ten. */
function logScale(values, from, to) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(Math.ceil(Math.log10(Math.max(...values))), low + 1);
  const ticks = Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at));
  const at = (value) => round(from + ((Math.log10(value) - low) / (high - low)) * (to - from));
  return { ticks, at };
}

function curve(points, at) {
  const dots = points.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="2.6" fill="${colour(at)}"/>`);
  const path = points.map(([x, y]) => `${x},${y}`).join(' ');
  return `<polyline points="${path}" ${stroke(at)}/>${dots.join('')}`;
}

function legend(name, at, x, y) {
  return `<path d="M${x} ${y - 4}h26" ${stroke(at)}/>${text(x + 33, y, name, 'start')}`;
}

function stroke(at) {
  return `fill="none" stroke="${colour(at)}" stroke-width="1.8" stroke-dasharray="${DASHES[at % DASHES.length]}"`;
}

function colour(at) {
  return COLOURS[at % COLOURS.length];
}

function line(x1, y1, x2, y2, kind) {
  return `<path class="${kind}" d="M${x1} ${y1}L${x2} ${y2}"/>`;
}

function text(x, y, content, anchor, kind = '') {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}"${kind && ` class="${kind}"`}>${escaped(content)}</text>`;
}

function time(microseconds) {
  if (microseconds >= 1e6) return `${microseconds / 1e6} s`;
  return microseconds >= 1000 ? `${microseconds / 1000} ms` : `${microseconds} µs`;
}

function count(number) {
  if (number >= 1e6) return `${number / 1e6} M`;
  return number >= 1000 ? `${number / 1000} k` : String(number);
}

function escaped(content) {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function round(number) {
  return Math.round(number * 10) / 10;
}
