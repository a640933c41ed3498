export const pages = ['overview', 'review', 'models', 'data', 'log', 'pilot'] as const;
/** Pages about the program itself: one link of the top bar leads to them. */
export const sidePages = ['settings', 'diagnostics', 'help', 'about'] as const;
export type Page = (typeof pages)[number] | (typeof sidePages)[number];

/** True for a page about the program itself. */
export function isSidePage(page: Page): page is (typeof sidePages)[number] {
  return sidePages.some((side) => side === page);
}

function current(): Page {
  return [...pages, ...sidePages].find((page) => location.hash === `#/${page}`) ?? 'overview';
}

/** Page on show, kept in the address so that reloading and "back" work. */
class Route {
  page = $state<Page>(current());

  constructor() {
    addEventListener('hashchange', () => {
      this.page = current();
    });
  }

  go(page: Page): void {
    location.hash = `#/${page}`;
  }
}

export const route = new Route();
