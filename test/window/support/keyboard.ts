import { expect, type Locator, type Page } from '@playwright/test';
import { focused } from './accessible.ts';

/** Presses that take longer than any page has controls. */
const most = 120;

/** Expects that something has the keyboard, once all is done that the last press led to. */
export async function expectKeyboardHeld(page: Page): Promise<void> {
  await expect.poll(() => focused(page)).not.toBe('');
}

/**
 * Goes to a control as a person without a mouse does, and expects that each control on the way shows that it has the
 * keyboard.
 */
export async function tabTo(control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const page = control.page();
  await expect(control).toBeEnabled();
  const unmarked: string[] = [];
  for (let press = 0; press < most; press++) {
    if (await control.evaluate((one) => one === document.activeElement)) break;
    await page.keyboard.press(key);
    if (!(await isMarked(page))) unmarked.push(await focused(page));
  }
  await expect(control).toBeFocused();
  expect(unmarked).toEqual([]);
}

/** Goes to a control by the keyboard alone and presses it. */
export async function press(control: Locator, key = 'Enter', way?: 'Shift+Tab'): Promise<void> {
  await tabTo(control, way);
  await control.page().keyboard.press(key);
}

/** Goes to a field by the keyboard alone and writes into it. */
export async function write(field: Locator, text: string): Promise<void> {
  await tabTo(field);
  await field.page().keyboard.insertText(text);
}

/** Opens a page by its link in the top bar, which stands before all that the page itself has. */
export async function goByKeyboard(page: Page, name: string): Promise<void> {
  const link = page.getByRole('link', { name, exact: true }).first();
  await press(link, 'Enter', 'Shift+Tab');
  await expect(link).toHaveAttribute('aria-current', 'page');
  await expect(page.locator('#content')).toBeFocused();
}

/** True where the control that has the keyboard has a ring around it, or its label has; true where no control has it. */
function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const holder = document.activeElement;
    if (!holder || holder === document.body) return true;
    return [holder, holder.closest('label')].some((one) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    });
  });
}
