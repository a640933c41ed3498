/** Where a workstation lives, and how it reaches headquarters. */
export interface PlaceView {
  /** Folder that everything is kept in, with its size and what is free beside it, in bytes. */
  readonly folder: string;
  readonly bytes: number;
  readonly freeBytes: number;
  /** Name of this workstation's key: a fingerprint of its public half. */
  readonly keyId: string;
  /** Authority of the joined federation, the only one that is trusted: SHA-256 (hex) of its certificate, and until when it holds; null before joining. */
  readonly authority: { readonly fingerprint: string; readonly expires: string } | 'unreadable' | null;
  /** Proxy on the way to headquarters, without its password; null: none. */
  readonly proxy: string | null;
}
