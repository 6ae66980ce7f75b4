import { printablePatch as visible } from '../../src/cli/terminal/printable.js';

type Child = Node | string | undefined;

/** An element. Text stays text, even if it looks like HTML; what is invisible or turns the direction shows as `\\u202e`. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  for (const child of children)
    if (child !== undefined) element.append(typeof child === 'string' ? visible(child) : child);
  return element;
}

/** An element of index.html. */
export function byId<Type extends HTMLElement>(id: string): Type {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`index.html has no #${id}`);
  return element as Type;
}

export function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}
