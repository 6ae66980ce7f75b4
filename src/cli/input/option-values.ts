import { type Command, InvalidArgumentError } from 'commander';

/** An option that takes one value is given once, and its value is not empty: one of them would be lost. */
export function refuseCarelessValues(command: Command): void {
  for (const option of command.options.filter(({ required }) => required)) {
    let count = 0;
    command.on(`option:${option.name()}`, (value: unknown) => {
      count += 1;
      // What its help says.
      if (count > 1 && !/may be repeated$/.test(option.description)) {
        command.error(`option '${option.flags}' is given twice; give it once`);
      }
      if (value === '' && option.name() !== 'body')
        command.error(`option '${option.flags}' has an empty value; write one`);
    });
  }
}

export function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most) {
      throw new InvalidArgumentError(`write an integer from ${least} to ${most}.`);
    }
    return number;
  };
}

export function seconds(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text) || Number(text) <= 0 || Number(text) > 900) {
    throw new InvalidArgumentError('write a number of seconds up to 900.');
  }
  return Number(text);
}

export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

export function list(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('write names with commas between them.');
  return names;
}
