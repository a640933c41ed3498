import { request as httpRequest } from 'node:http';
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
  const token = new URL(app.address).hash.slice(1);
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.goto(app.address);
  await expect(page.getByRole('heading', { name: 'Connect this plant' })).toBeVisible();
  expect(page.url()).not.toContain(token);
  expect(addresses.slice(1).join(' ')).not.toContain(token);
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  expect(cookie?.value).not.toBe(token);
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('reloading keeps the session', async ({ page, app }) => {
  await page.goto(app.address);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Connect this plant' })).toBeVisible();
});

test('without the secret the page says in words what to do and shows nothing else', async ({ page, app }) => {
  await page.goto(`${app.origin}/#${'A'.repeat(43)}`);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('This page is not connected to the workstation');
  await expect(alert).toContainText('session-missing');
  await expect(page.getByRole('heading', { name: 'Connect this plant' })).toHaveCount(0);
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
  await page.goto(app.address);
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
