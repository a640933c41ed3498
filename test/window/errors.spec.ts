import { expect, startApp, test } from './support/app.ts';

test('a mistyped invitation is answered in the language of the person, with a cure and no stack trace', async ({
  page,
  app,
}) => {
  await page.goto(await app.link());
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('textbox', { name: /Paste the invitation/ }).fill('FEDRECON1-not-an-invitation');
  await page.getByRole('button', { name: 'Read the invitation' }).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('invitation-mistyped');
  const english = await alert.innerText();
  expect(english).not.toMatch(/\bat .+:\d+/);
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(alert).toContainText('invitation-mistyped');
  expect(await alert.innerText()).toMatch(/[ぁ-んァ-ン一-龠]/);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: /Paste the invitation/ })).toHaveValue(
    'FEDRECON1-not-an-invitation',
  );
});

test('a window whose program has ended says so by itself', async ({ page }) => {
  const app = await startApp();
  await page.goto(await app.link());
  await expect(page.getByRole('textbox', { name: /Paste the invitation/ })).toBeVisible();
  await app.close();
  await expect(page.getByRole('alert')).toContainText('The workstation program does not answer');
});
