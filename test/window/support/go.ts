import { expect, type Page } from '@playwright/test';

/** Opens a page by its link in the top bar and waits until it is the one on the screen. */
export async function go(page: Page, name: string): Promise<void> {
  const link = page.getByRole('link', { name, exact: true });
  await link.click();
  await expect(link).toHaveAttribute('aria-current', 'page');
}

/** Waits until the part on show in Review is that of its place in the queue: before that no key decides anything. */
export async function expectPartOnShow(page: Page): Promise<void> {
  await expect(page.locator('.columns')).toHaveAttribute('aria-busy', 'false');
}
