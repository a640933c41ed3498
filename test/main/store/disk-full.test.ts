import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../main/store/store.ts';
import { smallDisk } from '../support/small-disk.ts';

describe('a full disk', () => {
  it('is named by its code, loses nothing, and writing goes on when there is room', async (context) => {
    const disk = smallDisk(2048);
    if (!disk) return context.skip();
    const store = await openStore(disk);
    store.settings.set('before', 'kept');
    const kept = await store.files.put(randomBytes(200_000));

    await expect(store.files.put(randomBytes(4_000_000))).rejects.toMatchObject({ code: 'disk-full' });
    const ballast = await store.files.put(randomBytes(700_000));
    const fill = () => {
      for (let count = 0; ; count++) store.settings.set(`row ${count}`, randomBytes(4000).toString('hex'));
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'disk-full' }));
    expect(store.settings.get('before')).toBe('kept');
    expect(Buffer.from(await store.files.read(kept.sha256))).toHaveLength(200_000);

    await store.files.collect(new Set([kept.sha256]), -1);
    expect(await store.files.has(ballast.sha256)).toBe(false);
    store.settings.set('after', 'written');
    store.close();
    const again = await openStore(disk);
    expect(again.settings.get('before')).toBe('kept');
    expect(again.settings.get('after')).toBe('written');
    again.close();
  });
});
