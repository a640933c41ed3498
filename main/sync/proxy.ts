import { FedReconError } from '../../protocol/errors.ts';

/** A proxy's address as it is used: `http://host:port`. @throws FedReconError `proxy-invalid` */
export function readProxy(text: string): string {
  const address = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  const isBare = address?.pathname === '/' && address.search === '' && address.hash === '';
  if (!address || !isBare || !/^https?:$/.test(address.protocol)) throw new FedReconError('proxy-invalid');
  return address.href.replace(/\/$/, '');
}

/** The same as it may be shown: a password is left out. */
export function shownProxy(proxy: string): string {
  const address = new URL(proxy);
  if (address.password !== '') address.password = '…';
  return decodeURI(address.href).replace(/\/$/, '');
}
