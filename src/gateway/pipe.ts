import { Readable, Writable } from 'node:stream';

/** Two streams of which one gives what the other is given: nothing that happens to one's listeners reaches the other. */
interface Pipe {
  readonly writable: Writable;
  readonly readable: Readable;
  /** From now on what is written goes nowhere, and nobody waits for it to be read. */
  readonly discard: () => void;
}

export function makePipe(): Pipe {
  let discarding = false;
  /** Lets the writer go on. */
  let release: (() => void) | undefined;
  function goOn(): void {
    const go = release;
    release = undefined;
    go?.();
  }

  const readable = new Readable({ read: goOn });
  const writable = new Writable({
    // The end of writing is not the end of reading.
    autoDestroy: false,
    write(chunk: Uint8Array, _encoding, callback) {
      if (discarding || readable.push(chunk)) callback();
      else release = callback;
    },
    final(callback) {
      readable.push(null);
      callback();
    },
    destroy(error, callback) {
      readable.destroy(error ?? undefined);
      callback(error);
    },
  });
  // The reader gets the error, too; without a listener it would end the process.
  readable.on('error', () => {});
  return {
    writable,
    readable,
    discard() {
      discarding = true;
      goOn();
    },
  };
}
