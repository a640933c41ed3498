/** Changes of a plan's document. Lists with named entries (modalities) are changed by name: `{ modalities: { camera: { latent: 32 } } }`. */
export type Patch = Readonly<Record<string, unknown>>;

/** The document with the changes merged in; what is no object replaces what stood there. */
export function merged(document: unknown, change: unknown): unknown {
  if (!isRecord(change)) return change;
  if (isNamedList(document))
    return document.map((entry) => (entry.name in change ? merged(entry, change[entry.name]) : entry));
  const base = isRecord(document) ? document : {};
  const entries = Object.entries(change).map(([key, value]) => [key, merged(base[key], value)] as const);
  return { ...base, ...Object.fromEntries(entries) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isNamedList(value: unknown): value is { readonly name: string }[] {
  return Array.isArray(value) && value.every((entry) => isRecord(entry) && typeof entry.name === 'string');
}
