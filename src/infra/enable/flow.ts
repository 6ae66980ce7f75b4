import type { ListNode, MapNode, TreeDocument } from '../node.js';
import { type Data, isDataMap } from './edit.js';
import { lineStart, ownPairs } from './layout.js';

/** A piece of text in the place of another one. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Of two insertions at one place the deeper one comes first: it belongs to what ends there. Below 0 within a line. */
  readonly depth: number;
}

/** A value to add, with its key in a map. */
export interface Member {
  readonly key?: string;
  readonly value: Data;
}

interface Style {
  /** `lines`: each key on a line of its own; `tight`: without a blank. */
  readonly style: 'line' | 'lines' | 'tight';
  /** Names in quotation marks. */
  readonly quoted: boolean;
  /** What the line of the key begins with. */
  readonly prefix: string;
  /** What one level more is indented by. */
  readonly unit: string;
}

/** How a document is written as a whole. */
interface Habits {
  readonly isJson: boolean;
  readonly isOneLine: boolean;
  /** On one line, without blanks. */
  readonly isTight: boolean;
  /** What the first line that is indented is indented by. */
  readonly unit: string;
}

export function habitsOf({ source: { text }, format }: TreeDocument): Habits {
  const isJson = format === 'json';
  const isOneLine = !text.trimEnd().includes('\n');
  const isTight = isJson && isOneLine && !/[:,]\s/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, ''));
  return { isJson, isOneLine, isTight, unit: /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ' };
}

/** Within brackets: after the last member, on lines of their own where that has one. */
export function addToFlow(node: MapNode | ListNode, members: readonly Member[], habits: Habits): Splice {
  const { source, start, end } = node.place;
  const { text } = source;
  const { isJson, isOneLine, isTight, unit } = habits;
  const present =
    node.kind === 'map'
      ? ownPairs(node).map(({ keyPlace, value }) => [keyPlace.start, value.place.end] as const)
      : node.items.map(({ place }) => [place.start, place.end] as const);
  const [first] = present;
  const last = present.at(-1);
  if (first === undefined || last === undefined) {
    const outer = /^[ \t]*/.exec(text.slice(lineStart(text, start)))?.[0] ?? '';
    const style: Style = {
      style: isJson ? (isOneLine ? 'tight' : 'lines') : 'line',
      quoted: isJson,
      prefix: outer + unit,
      unit,
    };
    const written = members.map((member) => memberText(member, style));
    const inside =
      style.style === 'lines'
        ? `\n${style.prefix}${written.join(`,\n${style.prefix}`)}\n${outer}`
        : style.style === 'tight'
          ? written.join(',')
          : ` ${written.join(', ')} `;
    return { start: start + 1, end: end - 1, depth: -1, text: inside };
  }
  const isOnLines = text.slice(start, first[0]).includes('\n');
  const prefix = isOnLines ? (/^[ \t]*/.exec(text.slice(lineStart(text, first[0])))?.[0] ?? '') : '';
  const style: Style = {
    style: isTight ? 'tight' : isJson && isOnLines ? 'lines' : 'line',
    quoted: isJson || text[first[0]] === '"' || node.kind === 'list',
    prefix,
    unit,
  };
  const before = isOnLines ? `,\n${prefix}` : isTight ? ',' : ', ';
  const added = members.map((member) => before + memberText(member, style)).join('');
  return { start: last[1], end: last[1], depth: -1, text: added };
}

function memberText({ key, value }: Member, style: Style): string {
  const written = flowText(value, style);
  return key === undefined ? written : `${nameText(key, style.quoted)}:${style.style === 'tight' ? '' : ' '}${written}`;
}

/** A value as JSON has it, or YAML within brackets. */
export function flowText(value: Data, { style, quoted, prefix, unit }: Style): string {
  if (style === 'tight') return JSON.stringify(value);
  if (style === 'lines') return JSON.stringify(value, null, unit).replaceAll('\n', `\n${prefix}`);
  return inLine(value, quoted);
}

function inLine(value: Data, quoted: boolean): string {
  if (Array.isArray(value)) return `[${value.map((item: Data) => inLine(item, quoted)).join(', ')}]`;
  if (!isDataMap(value)) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, each]) => `${nameText(key, quoted)}: ${inLine(each, quoted)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** Names that no reader of YAML takes for a number or a boolean. */
const PLAIN = /^[A-Za-z][\w./-]*-[\w./-]*$|^[A-Za-z]{4,}[\w./-]*$/;

function nameText(key: string, quoted: boolean): string {
  return !quoted && PLAIN.test(key) && !/^(?:true|false|null)$/i.test(key) ? key : JSON.stringify(key);
}
