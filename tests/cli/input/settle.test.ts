import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tellingWait } from '../../../src/cli/input/settle.js';

const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);

beforeEach(() => {
  vi.useFakeTimers();
  written.mockClear();
});
afterEach(() => vi.useRealTimers());

it('says after 10 seconds what is waited for, and what that means', async () => {
  const work = new Promise<string>((resolve) => setTimeout(resolve, 10_001, 'done'));
  const waiting = tellingWait('Importing a.js', work, ', which is long');
  vi.advanceTimersByTime(9_999);
  expect(written).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(written.mock.calls).toEqual([
    ['Importing a.js has taken 10 seconds, which is long. Still waiting; Ctrl-C ends it.\n'],
  ]);
  vi.advanceTimersByTime(1);
  expect(await waiting).toBe('done');
});

it('says nothing once the wait is over, well or not', async () => {
  await tellingWait('Importing a.js', Promise.resolve());
  await expect(tellingWait('Importing a.js', Promise.reject(new Error('no')))).rejects.toThrow('no');
  vi.advanceTimersByTime(60_000);
  expect(written).not.toHaveBeenCalled();
});
