import { expect, test } from './support/app.ts';

test.beforeEach(async ({ page, app }) => {
  await page.goto(app.address);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Connect this plant' })).toBeVisible();
});

test('the language changes at once, for readers too, and stays after a reload', async ({ page }) => {
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.getByRole('heading', { name: 'この工場を接続する' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page).toHaveTitle(/接続/);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'この工場を接続する' })).toBeVisible();
});

test('light and dark are chosen by the person or follow the system', async ({ page }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const theme = page.getByRole('combobox', { name: 'Theme' });
  await theme.selectOption('dark');
  const dark = await ground();
  await theme.selectOption('light');
  await expect.poll(ground).not.toBe(dark);
  await theme.selectOption('system');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(ground).toBe(dark);
});

test('text stands out from its ground by 4.5 to 1 in both themes', async ({ page }) => {
  const pairs = [
    ['--text', '--ground'],
    ['--text', '--surface'],
    ['--text-quiet', '--ground'],
    ['--text-quiet', '--surface'],
    ['--text-quiet', '--surface-raised'],
    ['--text', '--accent-soft'],
    ['--on-accent', '--accent'],
    ['--on-accent', '--accent-strong'],
    ['--on-reconstructed', '--reconstructed'],
    ['--text', '--reconstructed-soft'],
    ['--text', '--reject-soft'],
    ['--text-quiet', '--reject-soft'],
    ['--accept', '--surface'],
    ['--flag', '--surface'],
    ['--reject', '--surface'],
  ];
  for (const theme of ['light', 'dark']) {
    await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
    const ratios = await page.evaluate((tokens) => {
      const luminance = (token: string) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(${token})`;
        const [r, g, b] = getComputedStyle(probe)
          .color.match(/[\d.]+/g)!
          .map((value) => Number(value) / 255)
          .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
        probe.remove();
        return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
      };
      return tokens.map(([text, ground]) => {
        const [light, dark] = [luminance(text!), luminance(ground!)].sort((a, b) => b - a);
        return { pair: `${text} on ${ground}`, ratio: (light! + 0.05) / (dark! + 0.05) };
      });
    }, pairs);
    expect(
      ratios.filter(({ ratio }) => ratio < 4.5),
      theme,
    ).toEqual([]);
  }
});
