import { type App, expect, startApp, test } from './support/app.ts';
import { finishBridgedRounds } from './support/federation.ts';
import { go } from './support/go.ts';

/** What an operator is told of a reconstruction over a composed bridge: after stage 2, no mapping of the pair exists. */
let app: App;
let finished: Awaited<ReturnType<typeof finishBridgedRounds>>;

test.beforeAll(async () => {
  finished = await finishBridgedRounds();
  app = await startApp(finished.hanoi);
});
test.afterAll(async () => {
  await app?.close();
  await finished?.close();
});

test('a bridge is told in plain words beside its source, in both languages', async ({ page }) => {
  await page.goto(await app.link());
  await go(page, 'Review');
  const sources = page.locator('section[aria-labelledby="sources"] li');
  await expect(sources).toHaveCount(2);
  const marked = sources.filter({ hasText: "Through Inspector's note (bridge)" });
  await expect(marked).toHaveCount(1);
  await expect(marked).toContainText('No plant measured Camera and Profile gauge on the same part.');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  await page.getByRole('button', { name: '日本語' }).click();
  const told = sources.filter({ hasText: '検査員のメモを介した橋渡し' });
  await expect(told).toContainText('カメラと輪郭ゲージを同じ部品で計測した工場はありません。');
});
