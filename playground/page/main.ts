import { SOURCES } from '../../scripts/demo/sources.js';
import { byId, el } from './dom.js';
import { engineOf } from './engine.js';
import { check, fill, focusFirstFault, onSourceChange, written } from './form.js';
import { toFragment } from './form-values.js';
import { recall, rememberDraft, rememberSent } from './memory.js';
import { type Preset, presetsFor } from './presets.js';
import { showFailure, showFaulty, showResult, showSending, showUnsent } from './show.js';
import { run } from './trial.js';

const form = byId<HTMLFormElement>('form');
const buttons = new Map<Preset, HTMLButtonElement>();
/** Counts what was sent, so that an answer that comes late is not shown. */
let last = 0;
let waiting = false;

byId('page-origin').textContent = location.origin;
for (const [value, name] of Object.entries(SOURCES)) byId('source').append(new Option(name, value));
for (const preset of presetsFor(location.origin)) {
  const button = el('button', '', preset.name);
  button.type = 'button';
  button.addEventListener('click', () => void load(preset).then(bringIntoView));
  buttons.set(preset, button);
  byId('presets').append(button);
}

// Before the listener of the form.
byId('source').addEventListener('input', onSourceChange);
form.addEventListener('input', () => {
  rememberDraft(written());
  showForm();
  if (!waiting) showUnsent();
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
addEventListener('popstate', restore);

if (!restore()) {
  const [first] = buttons.keys();
  if (first !== undefined) void load(first);
}

async function load({ values }: Preset): Promise<void> {
  fill(values);
  await send();
}

function restore(): boolean {
  const remembered = recall(SOURCES);
  if (remembered === undefined) return false;
  fill(remembered.values);
  if (remembered.sent) {
    void send();
  } else {
    last += 1;
    waiting = false;
    showForm();
    showUnsent();
  }
  return true;
}

/** Shows the faults of what the form holds, and which example it is. */
function showForm(): ReturnType<typeof check> {
  const loaded = loadedPreset();
  for (const [preset, button] of buttons) button.setAttribute('aria-pressed', String(preset === loaded));
  return check();
}

function loadedPreset(): Preset | undefined {
  const fragment = toFragment(written());
  return [...buttons.keys()].find(({ values }) => toFragment(values) === fragment);
}

/** On a phone the results are below the form. */
function bringIntoView(): void {
  if (document.activeElement?.getAttribute('aria-invalid') === 'true') return;
  const results = byId('results-panel');
  const { top } = results.getBoundingClientRect();
  if (top < 0 || top >= form.getBoundingClientRect().bottom) results.scrollIntoView();
}

async function send(): Promise<void> {
  last += 1;
  const number = last;
  const wanted = showForm();
  waiting = wanted !== undefined;
  if (wanted === undefined) {
    showFaulty();
    focusFirstFault();
    return;
  }
  const values = written();
  rememberSent(values);
  showSending(loadedPreset()?.story ?? '');
  try {
    const result = await run(wanted, engineOf(navigator.userAgent));
    if (number !== last) return;
    showResult(result);
    if (toFragment(written()) !== toFragment(values)) showUnsent();
  } catch (error) {
    if (number === last) showFailure(error);
  } finally {
    if (number === last) waiting = false;
  }
}
