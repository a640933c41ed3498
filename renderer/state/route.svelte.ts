export const pages = ['overview', 'review', 'models', 'data', 'log', 'pilot'] as const;
/** Pages about the program itself: one link of the top bar leads to them. */
export const sidePages = ['settings', 'diagnostics', 'help', 'about'] as const;
export type Page = (typeof pages)[number] | (typeof sidePages)[number];

/** True for a page about the program itself. */
export function isSidePage(page: Page): page is (typeof sidePages)[number] {
  return sidePages.some((side) => side === page);
}

/** Part that an address leads to. */
export interface PartAddress {
  readonly modality: string;
  /** Name of the part. */
  readonly id: string;
}

/** The fragment of an address that leads to a part in Review; whoever opens it needs the rights of this page, as ever. */
export function partFragment({ modality, id }: PartAddress): string {
  return `#/review/part/${encodeURIComponent(modality)}/${encodeURIComponent(id)}`;
}

/** The part that a fragment leads to; undefined of any other fragment. */
export function readPartFragment(fragment: string): PartAddress | undefined {
  const [, modality, id] = /^#\/review\/part\/([^/]+)\/([^/]+)$/.exec(fragment) ?? [];
  if (modality === undefined || id === undefined) return undefined;
  try {
    return { modality: decodeURIComponent(modality), id: decodeURIComponent(id) };
  } catch {
    // Cut off in the middle of a letter.
    return undefined;
  }
}

function current(): Page {
  if (location.hash.startsWith('#/review/')) return 'review';
  return [...pages, ...sidePages].find((page) => location.hash === `#/${page}`) ?? 'overview';
}

/** Page on show, kept in the address so that reloading and "back" work. */
class Route {
  page = $state<Page>(current());
  /** Part that the address leads to, until it was looked for. */
  part = $state.raw(readPartFragment(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.page = current();
      this.part = readPartFragment(location.hash);
    });
  }

  go(page: Page): void {
    location.hash = `#/${page}`;
  }

  /** Takes the part out of the address: what is on show from now on, the person says. */
  arrived(): void {
    this.part = undefined;
    history.replaceState(null, '', '#/review');
  }
}

export const route = new Route();
