import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Expects no violation that axe knows of in what the page shows now, in the theme that it has, and none of the contrast of text
 * in the other theme.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  // Colours on their way from one theme to the other are no text that anybody reads.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  expect(await violations(new AxeBuilder({ page }))).toEqual([]);
  await page.emulateMedia({ colorScheme: isDark ? 'light' : 'dark' });
  expect(await violations(new AxeBuilder({ page }).withRules('color-contrast'))).toEqual([]);
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light', reducedMotion: null });
}

async function violations(axe: AxeBuilder): Promise<string[]> {
  // Legacy: without a second page for each result, which the window, having no frames, does not need.
  const found = await axe.setLegacyMode().analyze();
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
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

/** What reaches past the right edge, outermost first; only where the page scrolls sideways. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .map((element) => ({ element, right: element.getBoundingClientRect().right }))
      .filter(({ right }) => right > clientWidth + 0.5)
      .map(({ element, right }) => `${element.tagName}.${element.className} to ${Math.round(right)}`);
  });
}

/** The control or region that has the keyboard, as a reader names it; empty where nothing has it. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const holder = document.activeElement;
    if (!holder || holder === document.body) return '';
    return `${holder.localName} ${holder.getAttribute('aria-label') ?? holder.textContent?.trim() ?? ''}`.trim();
  });
}
