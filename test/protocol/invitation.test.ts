import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeInvitation, encodeInvitation } from '../../protocol/invitation.ts';

const given = {
  url: 'https://fedrecon.example.co.jp:7443',
  caFingerprint: 'ab'.repeat(32),
  federation: 'f-1',
  plant: '大阪工場',
  code: 'c0de-c0de-c0de',
  expires: '2026-12-07T00:00:00.000Z',
};
const text = encodeInvitation(given);
const mistyped = expect.objectContaining({ code: 'invitation-mistyped' });

describe('invitations', () => {
  it('come back as they were written', () => {
    expect(text).toMatch(/^FEDRECON1-[\w-]+$/);
    expect(decodeInvitation(text)).toEqual(given);
  });

  it('survive line breaks, spaces and invisible characters of mail programs', () => {
    const wrapped = ` ${text.replace(/(.{40})/g, '$1\r\n  ')}\u200b\u00a0\u3000\n`;
    expect(decodeInvitation(wrapped)).toEqual(given);
  });

  it('are found in the letter around them, quoted and broken over lines', () => {
    const quoted = text.replace(/(.{50})/g, '$1\n> > ');
    for (const letter of [
      `Dear Lan,\nhere it is:\n> > ${quoted}\n\nBest regards,\nheadquarters`,
      `<${text}>`,
      `"${text}", valid once`,
      `大阪工場への招待状：${text}。よろしく`,
    ])
      expect(decodeInvitation(letter)).toEqual(given);
    expect(() => decodeInvitation(`See ${text.slice(0, 80)} and ask`)).toThrow(mistyped);
    expect(() => decodeInvitation(`X${text}`)).toThrow(mistyped);
  });

  it('tell one wrong, missing or added character', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.stringMatching(/^[\w-]$/), (at, character) => {
        fc.pre(text[at] !== character);
        expect(() => decodeInvitation(text.slice(0, at) + character + text.slice(at + 1))).toThrow(mistyped);
        expect(() => decodeInvitation(text.slice(0, at) + character + text.slice(at))).toThrow(mistyped);
        expect(() => decodeInvitation(text.slice(0, at) + text.slice(at + 1))).toThrow(mistyped);
      }),
    );
  });

  it('are told from anything else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((tail) => `FEDRECON1-${tail}`),
        ),
        (other) => {
          expect(() => decodeInvitation(other)).toThrow(mistyped);
        },
      ),
    );
  });

  it('are only made for https', () => {
    expect(() => encodeInvitation({ ...given, url: 'http://x' })).toThrow();
  });
});
