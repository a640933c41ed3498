import { readFile } from 'node:fs/promises';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/app.ts';

test.beforeEach(async ({ page, app }) => {
  await page.goto(await app.link());
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

test.describe('the page of settings', () => {
  test.beforeEach(async ({ page }) => {
    await page.getByRole('link', { name: 'Settings and help' }).click();
    await expect(page).toHaveTitle(/^Settings/);
  });

  test('a system in Japanese opens in Japanese, unless a person chose otherwise', async ({
    page,
    app,
    browser,
  }) => {
    const japanese = await browser.newContext({ locale: 'ja-JP' });
    const there = await japanese.newPage();
    await there.goto(await app.link());
    await expect(there.getByRole('heading', { name: 'Connect this plant' })).toBeVisible();
    await page.getByRole('radio', { name: 'As on this machine' }).check();
    await expect(there.getByRole('heading', { name: 'この工場を接続する' })).toBeVisible();
    await there.reload();
    await expect(there.getByRole('heading', { name: 'この工場を接続する' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'How the window looks' })).toBeVisible();
    await japanese.close();
  });

  test('larger text is larger everywhere, and stays after a reload', async ({ page }) => {
    const size = () => page.evaluate(() => getComputedStyle(document.body).fontSize);
    expect(await size()).toBe('16px');
    await page.getByRole('radio', { name: 'Largest' }).check();
    await expect.poll(size).toBe('20px');
    await page.reload();
    await expect.poll(size).toBe('20px');
    await page.getByRole('radio', { name: 'Normal' }).check();
    await expect.poll(size).toBe('16px');
  });

  test('the data folder is named with its size, and the key by its name', async ({ page, app }) => {
    const place = page.getByRole('region', { name: 'Data folder and key' });
    await expect(place).toContainText(app.dataFolder);
    await expect(place).toContainText(/Size\s*\d+(\.\d+)? [kM]B/);
  });

  test('a proxy is kept without its password being shown, refused where it is none, and taken away', async ({
    page,
  }) => {
    const way = page.getByRole('region', { name: 'Way to headquarters' });
    const field = way.getByRole('textbox', { name: 'Proxy' });
    await field.fill('proxy:3128');
    await way.getByRole('button', { name: 'Use this proxy' }).click();
    await expect(way.getByRole('alert')).toContainText('no address of a proxy');
    await field.fill('http://plant:secret@127.0.0.1:3128');
    await way.getByRole('button', { name: 'Use this proxy' }).click();
    await expect(way).toContainText('http://plant:…@127.0.0.1:3128');
    await expect(way).not.toContainText('secret');
    await expect(way.getByRole('alert')).toHaveCount(0);
    await way.getByRole('button', { name: 'Use none' }).click();
    await expect(way).toContainText('the connection is made directly');
  });

  test('notifications are told to whoever wants them, and a browser that refuses is named', async ({
    page,
    context,
  }) => {
    const wanted = page.getByRole('checkbox', { name: /Tell me when/ });
    await wanted.click();
    await expect(page.getByText('The browser does not let this page show')).toBeVisible();
    await expect(wanted).not.toBeChecked();
    await context.grantPermissions(['notifications']);
    await wanted.click();
    await page.reload();
    await expect(wanted).toBeChecked();
    await wanted.uncheck();
    await expect(page.getByText('Only the installed app on Windows and macOS')).toBeVisible();
  });

  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 1024, height: 768 },
  ])
    test(`fits ${viewport.width} × ${viewport.height} and is accessible in both themes`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await expect(page.getByText('Free beside it')).toBeVisible();
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(isWide).toBe(false);
      await expectAccessible(page);
    });
});

test.describe('the diagnosis', () => {
  test.beforeEach(async ({ page }) => {
    await page.getByRole('link', { name: 'Settings and help' }).click();
    await page.getByRole('link', { name: 'Diagnosis' }).click();
    await expect(page).toHaveTitle(/^Diagnosis/);
  });

  test('makes eight checks, each with what was found, and then a file without what is private', async ({
    page,
    app,
  }) => {
    const list = page.getByRole('region', { name: 'Diagnosis' });
    await expect(list.getByText('Not checked yet.')).toHaveCount(8);
    await page.getByRole('button', { name: 'Check everything' }).click();
    await expect(page.getByText(/All checks are done/)).toBeVisible();
    await expect(list.getByText('No federation joined yet.', { exact: true })).toHaveCount(3);
    await expect(list.getByRole('listitem').filter({ hasText: 'Written and read back' })).toContainText(
      'Good',
    );
    await expect(list.getByRole('listitem').filter({ hasText: 'Self-test' })).toContainText('computes right');
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Folder for the file' }).fill(app.dataFolder);
    await page.getByRole('button', { name: 'Make the file' }).click();
    const made = page.getByText(/Written: .*fedrecon-support-.*\.json/);
    await expect(made).toBeVisible();
    const written = await readFile((await made.textContent())!.replace(/^.*Written: /, ''), 'utf8');
    expect(JSON.parse(written)).toMatchObject({ format: 'fedrecon-support-1' });
    expect(written).not.toContain(app.dataFolder);
  });

  test('stops when it is told to, and makes no more checks', async ({ page }) => {
    // The check that runs answers only once it is stopped.
    let stopped: () => void = () => {};
    const stop = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    await page.route('**/api/call', async (route) => {
      const { name } = route.request().postDataJSON() as { name: string };
      if (name === 'diagnosis.stop') stopped();
      if (name === 'diagnosis.check') await stop;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Check everything' }).click();
    await expect(page.getByText('Check 1 of 8')).toBeVisible();
    await expect(page.getByRole('progressbar', { name: 'Progress of the checks' })).toBeVisible();
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(page.getByRole('button', { name: 'Check everything' })).toBeEnabled();
    await expect(page.getByText('Not checked yet.')).toHaveCount(8);
  });
});

test.describe('help and about', () => {
  test.beforeEach(async ({ page }) => {
    await page.getByRole('link', { name: 'Settings and help' }).click();
  });

  test('keys and words are listed, in both languages', async ({ page }) => {
    await page.getByRole('link', { name: 'Help', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Keys' }).getByRole('row')).not.toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Words' })).toContainText(
      'A measurement that was not taken',
    );
    await expectAccessible(page);
    await page.getByRole('button', { name: '日本語' }).click();
    await expect(page.getByRole('region', { name: '用語' })).toContainText('行わなかった計測');
  });

  test('the tour has four steps, stands above the first page until it is ended, and comes again', async ({
    page,
  }) => {
    const tour = page.getByRole('region', { name: 'Four steps through FedRecon' });
    await page.getByRole('link', { name: 'Help', exact: true }).click();
    await page.getByRole('button', { name: 'Show the tour again' }).click();
    await expect(page.getByRole('heading', { name: 'Connect this plant' })).toBeVisible();
    for (const name of ['Join', 'Bring data', 'Take part in rounds', 'Review']) {
      await expect(tour.getByRole('heading', { name, exact: true })).toBeVisible();
      if (name === 'Bring data') await expectAccessible(page);
      if (name !== 'Review') await tour.getByRole('button', { name: 'Step on' }).click();
    }
    await expect(tour.getByRole('button', { name: 'Step on' })).toBeDisabled();
    await page.reload();
    await expect(tour).toContainText('Step 1 of 4');
    await tour.getByRole('button', { name: 'End the tour' }).click();
    await expect(tour).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Connect this plant' })).toBeVisible();
    await expect(tour).toHaveCount(0);
  });

  test('the version, what happens to data, and every licence with its text are told', async ({ page }) => {
    await page.getByRole('link', { name: 'About', exact: true }).click();
    await expect(page.getByText(/^Version \d+\.\d+\.\d+$/)).toBeVisible();
    await expect(page.getByRole('region', { name: 'What happens to data' })).toContainText('no telemetry');
    const licences = page.getByRole('region', { name: 'Licences of what it is made of' });
    await licences.getByText('pdfkit 0.20.2').click();
    await expect(licences.getByText(/Permission is hereby granted/)).toBeVisible();
    await expectAccessible(page);
  });
});
