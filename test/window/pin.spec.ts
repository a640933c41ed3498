import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/app.ts';

test('a person sets a PIN, and works under that name with it only; an administrator who gave theirs resets it', async ({
  page,
  app,
}) => {
  await page.goto(await app.link());
  await page.getByRole('button', { name: 'English' }).click();
  const dialog = page.getByRole('dialog');
  const enter = async (name: string, role: string) => {
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('radio', { name: role }).check();
    await dialog.getByRole('button', { name: 'That is me' }).click();
  };
  const choose = async (pin: string) => {
    await dialog.getByLabel('New PIN', { exact: true }).fill(pin);
    await dialog.getByLabel('New PIN again').fill(pin);
    await dialog.getByRole('button', { name: 'Use this PIN' }).click();
    await expect(dialog).toBeHidden();
  };
  const open = () => page.getByRole('button', { name: /^(Who is working\?|Working here)/ }).click();

  await open();
  await enter('Lan', 'Operator');
  await expect(dialog).toBeHidden();
  await open();
  await choose('4711');
  await expect(
    page.getByRole('button', { name: 'Working here: Lan, Operator · confirmed by PIN' }),
  ).toBeVisible();
  await open();
  await enter('Mai', 'Administrator');
  await expect(dialog).toBeHidden();
  await open();
  await choose('2468');

  await open();
  await enter('Lan', 'Operator');
  await expect(dialog.getByLabel('PIN of Lan')).toBeFocused();
  await expectAccessible(page);
  await dialog.getByLabel('PIN of Lan').fill('0000');
  await dialog.getByRole('button', { name: 'That is me' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This is not the PIN');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('link', { name: 'Settings and help' }).click();
  const pins = page.getByRole('region', { name: 'PINs' });
  await pins.getByLabel('New PIN for Lan').fill('1357');
  await pins.getByRole('button', { name: 'Use this PIN' }).click();
  await expect(pins).toContainText('The PIN holds from now on.');
  await open();
  await enter('Lan', 'Operator');
  await dialog.getByLabel('PIN of Lan').fill('1357');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('button', { name: 'Working here: Lan, Operator · confirmed by PIN' }),
  ).toBeVisible();
  await expect(pins.getByLabel('New PIN for Lan')).toHaveCount(0);
});
