import { stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { pathToFileURL } from 'node:url';
import { writeStartPage } from '../../main/browser/start-page.ts';
import { expectAccessible, expectFitsAtDoubleSize } from './support/accessible.ts';
import { expect, test } from './support/app.ts';

/** Status of a request with headers that no browser lets a page set. */
function status(origin: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, origin), { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    request.end();
  });
}

test('the secret leaves the address at once and becomes a cookie that scripts cannot read', async ({
  page,
  app,
  context,
}) => {
  const link = await app.link();
  const token = new URL(link).hash.slice(1);
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Connect this plant' })).toBeVisible();
  expect(page.url()).not.toContain(token);
  expect(addresses.slice(1).join(' ')).not.toContain(token);
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  expect(cookie?.value).not.toBe(token);
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('reloading keeps the session', async ({ page, app }) => {
  await page.goto(await app.link());
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Connect this plant' })).toBeVisible();
});

test('a bookmark, and a link that is used up, ask for a new link in place, which opens the window', async ({
  page,
  app,
  browser,
}) => {
  const used = await app.link();
  await page.goto(used);
  await expect(page.getByRole('heading', { name: 'Connect this plant' })).toBeVisible();
  const stranger = await browser.newContext({ locale: 'ja-JP' });
  const there = await stranger.newPage();
  await there.goto(`${app.origin}/#/review`);
  await expect(there.getByRole('heading', { name: '新しいリンクで開いてください' })).toBeVisible();
  await there.getByRole('button', { name: 'English' }).click();
  await expect(there.getByRole('heading', { name: 'Connect this plant' })).toHaveCount(0);
  await expectAccessible(there);
  await expectFitsAtDoubleSize(there);
  await there.getByRole('textbox', { name: 'Paste the link here' }).fill(used);
  await there.getByRole('button', { name: 'Open the window' }).click();
  await expect(there.getByText('This link is used up')).toBeVisible();
  await there.getByRole('textbox', { name: 'Paste the link here' }).fill(`open ${await app.link()} now`);
  await there.getByRole('button', { name: 'Open the window' }).click();
  await expect(there.getByRole('heading', { name: 'この工場を接続する' })).toBeVisible();
  await stranger.close();
});

test('the page that is opened in place of the link leads to the window, and is its owner’s alone', async ({
  page,
  app,
}) => {
  const path = await writeStartPage(app.dataFolder, await app.link());
  expect((await stat(path)).mode & 0o077).toBe(0);
  await page.goto(pathToFileURL(path).href);
  await expect(page.getByRole('heading', { name: 'Connect this plant' })).toBeVisible();
  expect(page.url()).toBe(`${app.origin}/`);
});

test('a page of another name for this machine is refused (DNS rebinding)', async ({ app }) => {
  const { host, port } = new URL(app.origin);
  expect(await status(app.origin, '/', { Host: host })).toBe(200);
  expect(await status(app.origin, '/', { Host: `evil.example:${port}` })).toBe(403);
});

test('inline scripts, foreign addresses and markup from strings do not work in the page', async ({
  page,
  app,
}) => {
  await page.goto(await app.link());
  await expect(page.getByRole('heading', { name: 'Connect this plant' })).toBeVisible();
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    let inline = 'ran';
    try {
      script.textContent = 'window.broken = true';
      document.body.append(script);
      inline = 'broken' in window ? 'ran' : 'refused';
    } catch {
      inline = 'refused';
    }
    const markup = (() => {
      try {
        document.body.insertAdjacentHTML('beforeend', '<b>x</b>');
        return 'ran';
      } catch {
        return 'refused';
      }
    })();
    const outside = await fetch('https://example.com/').then(
      () => 'ran',
      () => 'refused',
    );
    return { inline, markup, outside };
  });
  expect(outcome).toEqual({ inline: 'refused', markup: 'refused', outside: 'refused' });
});
