type Sharp = typeof import('sharp')['default'];

let loaded: Promise<Sharp> | undefined;

/**
 * The image library libvips, through `sharp`: loaded when the first picture asks for it, and bounded. It keeps nothing
 * between pictures, works on each with one thread, and knows no format but those that are asked for here (an SVG
 * would be a program, not a measurement).
 */
export function libvips(): Promise<Sharp> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Jpeg', 'Png', 'Webp', 'Tiff', 'Nsgif'].map((format) => `VipsForeignLoad${format}`),
  });
  return sharp;
}
