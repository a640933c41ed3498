import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentDigest,
  keyIdOf,
  parsePublicKey,
  publicKeyText,
  signatureBase,
  signRequest,
  verifyRequest,
} from '../../protocol/signatures.ts';

const device = generateKeyPairSync('ed25519');
const identity = { privateKey: device.privateKey, keyId: keyIdOf(device.publicKey) };
const keys = new Map<string, KeyObject>([[identity.keyId, device.publicKey]]);
const keyOf = async (keyId: string) => keys.get(keyId);
const now = Date.UTC(2026, 10, 23, 12);
const body = '{"hello": "world"}';
const post = { method: 'POST', target: '/v1/rounds/3/contributions?x=1', contentDigest: contentDigest(body) };
const headers = signRequest(post, identity, now);

const refused = (code: string) => expect.objectContaining({ code });

describe('request signatures', () => {
  it('verify, and say who signed and what the body must hash to', async () => {
    const verified = await verifyRequest({ ...post, headers }, keyOf, now + 1000);
    expect(verified).toEqual({
      keyId: identity.keyId,
      nonce: expect.stringMatching(/^[\w-]{22}$/),
      contentDigest: post.contentDigest,
    });
    const get = { method: 'GET', target: '/v1/plan' };
    await verifyRequest({ ...get, headers: signRequest(get, identity, now) }, keyOf, now);
  });

  // RFC 9421 appendix B.1.4 (key) and B.2.6 (Ed25519 is deterministic, so the bytes must be equal).
  it('agree with the Ed25519 example of RFC 9421', () => {
    const privateKey = createPrivateKey(
      '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----',
    );
    const base = signatureBase(
      [
        ['date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
        ['@method', 'POST'],
        ['@path', '/foo'],
        ['@authority', 'example.com'],
        ['content-type', 'application/json'],
        ['content-length', '18'],
      ],
      '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    );
    expect(sign(null, Buffer.from(base), privateKey).toString('base64')).toBe(
      'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
    );
    expect(publicKeyText(createPublicKey(privateKey))).toBe(
      Buffer.from('MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=', 'base64').toString(
        'base64url',
      ),
    );
  });

  it('agree with the digest example of RFC 9530', () => {
    expect(contentDigest('{"hello": "world"}\n')).toBe(
      'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    );
  });

  it('cover the method, the path, the query and the digest', async () => {
    const altered = [
      { ...post, method: 'PUT' },
      { ...post, target: '/v1/rounds/4/contributions?x=1' },
      { ...post, target: '/v1/rounds/3/contributions?x=2' },
      { ...post, target: '/v1/rounds/3/contributions' },
    ];
    for (const request of altered)
      await expect(verifyRequest({ ...request, headers }, keyOf, now)).rejects.toEqual(
        refused('signature-invalid'),
      );
    const otherBody = { ...headers, 'content-digest': contentDigest('{}') };
    await expect(verifyRequest({ ...post, headers: otherBody }, keyOf, now)).rejects.toEqual(
      refused('signature-invalid'),
    );
    const { 'content-digest': _, ...withoutDigest } = headers;
    await expect(verifyRequest({ ...post, headers: withoutDigest }, keyOf, now)).rejects.toEqual(
      refused('signature-invalid'),
    );
  });

  it('do not survive any changed character', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('signature-input', 'signature'),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        async (name, at, character) => {
          const original = headers[name]!;
          const index = at % original.length;
          fc.pre(original[index] !== character);
          const changed = {
            ...headers,
            [name]: original.slice(0, index) + character + original.slice(index + 1),
          };
          await expect(verifyRequest({ ...post, headers: changed }, keyOf, now)).rejects.toMatchObject({
            code: expect.stringMatching(/^(signature-invalid|key-unknown)$/),
          });
        },
      ),
    );
  });

  it('are refused when missing, or by a key that nobody knows', async () => {
    await expect(verifyRequest({ ...post, headers: {} }, keyOf, now)).rejects.toEqual(
      refused('signature-missing'),
    );
    const stranger = generateKeyPairSync('ed25519');
    const foreign = signRequest(
      post,
      { privateKey: stranger.privateKey, keyId: keyIdOf(stranger.publicKey) },
      now,
    );
    await expect(verifyRequest({ ...post, headers: foreign }, keyOf, now)).rejects.toEqual(
      refused('key-unknown'),
    );
    const impostor = signRequest(post, { privateKey: stranger.privateKey, keyId: identity.keyId }, now);
    await expect(verifyRequest({ ...post, headers: impostor }, keyOf, now)).rejects.toEqual(
      refused('signature-invalid'),
    );
  });

  it('tell a wrong clock how wrong it is', async () => {
    const inTime = signRequest(post, identity, now - 299_000);
    await verifyRequest({ ...post, headers: inTime }, keyOf, now);
    const hourAhead = signRequest(post, identity, now + 3_600_000);
    await expect(verifyRequest({ ...post, headers: hourAhead }, keyOf, now)).rejects.toMatchObject({
      code: 'clock-skew',
      detail: { serverTime: '2026-11-23T12:00:00.000Z', offsetSeconds: 3600, minutes: 60 },
    });
  });

  it('read back the keys they write and refuse others', () => {
    expect(keyIdOf(parsePublicKey(publicKeyText(device.publicKey)))).toBe(identity.keyId);
    const rsa = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    for (const text of ['', 'AAAA', publicKeyText(rsa)])
      expect(() => parsePublicKey(text)).toThrow(refused('request-invalid'));
  });
});
