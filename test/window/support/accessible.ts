import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Expects no violation that axe knows of in what the page shows now, in the theme that it has, and none of the contrast of text
 * in the other theme; and nothing that moves for a person who asked for no motion. An open dialog is looked at alone: nothing
 * behind it can be reached.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await expectAccessibleIn(page, isDark ? 'dark' : 'light');
  await page.emulateMedia({ colorScheme: isDark ? 'light' : 'dark' });
  expect(await violations(page, 'color-contrast')).toEqual([]);
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light', reducedMotion: null });
}

/** Expects of one theme, which is left on, what {@link expectAccessible} does of both. */
export async function expectAccessibleIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  // Colours on their way from one theme to the other are no text that anybody reads.
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  expect(await moving(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
}

/** @param rule the only one that is asked about; all of them without it */
async function violations(page: Page, rule?: string): Promise<string[]> {
  // Legacy: without a second page for each result, which the window, having no frames, does not need.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (rule !== undefined) axe.withRules(rule);
  if ((await page.locator('dialog[open]').count()) > 0) axe.include('dialog[open]');
  const found = await axe.analyze();
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** What moves on the page by its style: an animation, a transition that takes time, or smooth scrolling. */
export function moving(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
        const takesTime = transitionDuration.split(',').some((time) => Number.parseFloat(time) > 0);
        return animationName !== 'none' || takesTime || scrollBehavior === 'smooth';
      })
      .map((element) => `${element.tagName}.${element.className}`),
  );
}

/** Size in CSS pixels of a window of 1280 × 800 whose text is drawn at 200 %. */
const atDoubleSize = { width: 640, height: 400 };

/** Expects that nothing has to be scrolled sideways when a person draws everything twice as large. */
export async function expectFitsAtDoubleSize(page: Page): Promise<void> {
  const size = page.viewportSize()!;
  await page.setViewportSize(atDoubleSize);
  expect(await tooWide(page)).toEqual([]);
  await page.setViewportSize(size);
}

/** What reaches past the right edge, outermost first; only where the page, or an open dialog on it, scrolls sideways. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('dialog[open]')].flatMap((place) => {
      if (place.scrollWidth <= place.clientWidth) return [];
      const edge = place.getBoundingClientRect().left + place.clientLeft + place.clientWidth;
      return [...place.querySelectorAll('*')]
        .map((element) => ({ element, right: element.getBoundingClientRect().right }))
        .filter(({ right }) => right > edge + 0.5)
        .map(({ element, right }) => `${element.tagName}.${element.className} to ${Math.round(right)}`);
    }),
  );
}

/** The control or region that has the keyboard, as a reader names it; empty where nothing has it. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const holder = document.activeElement;
    if (!holder || holder === document.body) return '';
    return `${holder.localName} ${holder.getAttribute('aria-label') ?? holder.textContent?.trim() ?? ''}`.trim();
  });
}
