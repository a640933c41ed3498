import { expect, type Page } from '@playwright/test';

/** Opens a page by its link in the top bar and waits until it is the one on the screen. */
export async function go(page: Page, name: string): Promise<void> {
  const link = page.getByRole('link', { name, exact: true });
  await link.click();
  await expect(link).toHaveAttribute('aria-current', 'page');
}
