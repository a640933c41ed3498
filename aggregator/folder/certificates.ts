import 'reflect-metadata';
import { createHash, webcrypto, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import type { DataFolder } from './data-folder.ts';
import { writeFileDurably } from './durable-files.ts';

/**
 * Certificates: the aggregator is its own certificate authority. Plants pin the CA by the fingerprint in their
 * invitation, so the server certificate below it can be renewed without asking them anything.
 */

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 86_400_000;
/**
 * Milliseconds by which certificates are backdated: a plant whose clock is wrong should hear so from the signature
 * check, not from TLS.
 */
const backdated = 2 * day;
const caLifetime = 20 * 365 * day;
const serverLifetime = 397 * day;
const renewBefore = 60 * day;

/** Makes the CA of a new federation. */
export async function createAuthority(folder: DataFolder, name: string, now: number): Promise<void> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: distinguishedName(`FedRecon CA of ${name}`),
    keys,
    notBefore: new Date(now - backdated),
    notAfter: new Date(now + caLifetime),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  await writeFileDurably(folder.file('caKey'), await privateKeyPem(keys.privateKey));
  await writeFileDurably(folder.file('caCertificate'), `${certificate.toString('pem')}\n`, 0o644);
}

/**
 * Key and certificate of the server for `hosts` and loopback; made anew when missing, of another CA or hosts, or nearly
 * expired.
 */
export async function serverCredentials(
  folder: DataFolder,
  hosts: readonly string[],
  now: number,
): Promise<{ key: string; cert: string; ca: string }> {
  const names = [...new Set([...hosts, 'localhost', '127.0.0.1', '::1'])];
  const ca = await readFile(folder.file('caCertificate'), 'utf8');
  if (!(await isUsable(folder, names, now))) await issueServerCertificate(folder, names, now, ca);
  return {
    key: await readFile(folder.file('serverKey'), 'utf8'),
    cert: (await readFile(folder.file('serverCertificate'), 'utf8')) + ca,
    ca,
  };
}

/** Fingerprint of a certificate: SHA-256 (hex) of its DER. */
export function fingerprintOf(pem: string): string {
  return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
}

async function isUsable(folder: DataFolder, names: readonly string[], now: number): Promise<boolean> {
  try {
    const certificate = new X509Certificate(await readFile(folder.file('serverCertificate')));
    await readFile(folder.file('serverKey'));
    const lasts = Date.parse(certificate.validTo) - now > renewBefore;
    return (
      lasts && names.every((name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)))
    );
  } catch {
    return false;
  }
}

async function issueServerCertificate(
  folder: DataFolder,
  names: readonly string[],
  now: number,
  ca: string,
): Promise<void> {
  const issuer = new x509.X509Certificate(ca);
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: distinguishedName(names[0]!),
    issuer: issuer.subjectName,
    publicKey: keys.publicKey,
    signingKey: await importPrivateKey(await readFile(folder.file('caKey'), 'utf8')),
    notBefore: new Date(now - backdated),
    notAfter: new Date(now + serverLifetime),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  await writeFileDurably(folder.file('serverKey'), await privateKeyPem(keys.privateKey));
  await writeFileDurably(folder.file('serverCertificate'), `${certificate.toString('pem')}\n`, 0o644);
}

/** Distinguished name of a certificate. It is structured, so that no character of a name can end it early. */
function distinguishedName(commonName: string) {
  return [{ CN: [commonName.slice(0, 64)] }];
}

function generateKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
}

async function privateKeyPem(key: CryptoKey): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  return `${x509.PemConverter.encode(der, x509.PemConverter.PrivateKeyTag)}\n`;
}

async function importPrivateKey(pem: string): Promise<CryptoKey> {
  const der = x509.PemConverter.decodeFirst(pem);
  return (await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])) as CryptoKey;
}
