import { SOURCES } from '../../scripts/demo/sources.js';
import { byId, el } from './dom.js';
import { engineOf } from './engine.js';
import { check, fill, focusFirstFault, onSourceChange } from './form.js';
import { type Preset, presetsFor } from './presets.js';
import { showNotice, showResult } from './show.js';
import { run } from './trial.js';

const form = byId<HTMLFormElement>('form');
const buttons = new Map<Preset, HTMLButtonElement>();
let last = 0;

byId('page-origin').textContent = location.origin;
for (const [value, name] of Object.entries(SOURCES)) byId('source').append(new Option(name, value));
const presets = presetsFor(location.origin);
for (const preset of presets) {
  const button = el('button', '', preset.name);
  button.type = 'button';
  button.addEventListener('click', () => load(preset));
  buttons.set(preset, button);
  byId('presets').append(button);
}
mark(undefined);

form.addEventListener('input', () => {
  mark(undefined);
  markStale('Edited. Press Send to see the result.');
  check();
});
byId('source').addEventListener('change', () => {
  onSourceChange();
  check();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send().then(bringIntoView);
});
form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    void send().then(bringIntoView);
  }
});

const [first] = presets;
if (first !== undefined) load(first);

function load(preset: Preset): void {
  fill(preset.values);
  mark(preset);
  void send();
}

function mark(loaded: Preset | undefined): void {
  for (const [preset, button] of buttons) button.setAttribute('aria-pressed', String(preset === loaded));
  if (loaded !== undefined) byId('preset-story').textContent = loaded.story;
}

function markStale(story: string): void {
  byId('preset-story').textContent = story;
  byId('results').classList.add('stale');
}

/** On a phone the results are below the form. */
function bringIntoView(): void {
  const { top } = byId('summary').getBoundingClientRect();
  if (document.activeElement?.getAttribute('aria-invalid') === 'true') return;
  if (top < 0 || top > innerHeight * 0.6) byId('summary').scrollIntoView();
}

async function send(): Promise<void> {
  const wanted = check();
  if (wanted === undefined) {
    showNotice('Not sent, because the form has faults.', 'fault');
    focusFirstFault();
    return;
  }
  last += 1;
  const number = last;
  showNotice('Sending…', 'busy');
  try {
    const result = await run(wanted, engineOf(navigator.userAgent));
    // A later trial may have overtaken this one.
    if (number === last) showResult(result);
  } catch (error) {
    if (number === last) showNotice(error instanceof Error ? error.message : String(error), 'fault');
  }
}
