// When --watch makes a new version: time is told, files are real.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchFiles } from '../../../src/cli/modules/watch.js';

let folder: string;
let file: string;

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'lambda-cors-watch-'));
  file = join(folder, 'handler.js');
  writeFileSync(file, 'first');
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

it('reloads once for each change, and not without one', async () => {
  const reload = vi.fn(async () => [file]);
  const stop = watchFiles([file], reload);
  await vi.advanceTimersByTimeAsync(2000);
  expect(reload).toHaveBeenCalledTimes(0);
  for (const times of [1, 2]) {
    writeFileSync(file, 'x'.repeat(times));
    await vi.advanceTimersByTimeAsync(2000);
    expect(reload).toHaveBeenCalledTimes(times);
  }
  stop();
  writeFileSync(file, 'unwatched');
  await vi.advanceTimersByTimeAsync(2000);
  expect(reload).toHaveBeenCalledTimes(2);
});

it('takes a file only when it is no longer being written', async () => {
  const reload = vi.fn(async () => [file]);
  const stop = watchFiles([file], reload);
  for (let length = 0; length < 10; length += 1) {
    writeFileSync(file, 'y'.repeat(length));
    await vi.advanceTimersByTimeAsync(length === 0 ? 250 : 50);
    expect(reload).toHaveBeenCalledTimes(0);
  }
  await vi.advanceTimersByTimeAsync(50);
  expect(reload).toHaveBeenCalledTimes(1);
  stop();
});

it('takes what was written during a reload', async () => {
  const reload = vi.fn(async () => [file]);
  reload.mockImplementationOnce(async () => {
    writeFileSync(file, 'third version');
    return [file];
  });
  const stop = watchFiles([file], reload);
  writeFileSync(file, 'second');
  await vi.advanceTimersByTimeAsync(2000);
  expect(reload).toHaveBeenCalledTimes(2);
  stop();
});

it('tries again where it is not known what to watch', async () => {
  const reload = vi.fn<() => Promise<string[] | undefined>>(async () => undefined);
  const stop = watchFiles([file], reload);
  writeFileSync(file, 'second');
  await vi.advanceTimersByTimeAsync(1000);
  expect(reload).toHaveBeenCalledTimes(1);
  reload.mockImplementation(async () => [file]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reload).toHaveBeenCalledTimes(2);
  stop();
});
