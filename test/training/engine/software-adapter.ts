import { existsSync } from 'node:fs';

/** Where Debian's `chromium` package keeps SwiftShader, a graphics driver that computes on the CPU, and its loader. */
const folder = '/usr/lib/chromium';
const files = ['vk_swiftshader_icd.json', 'libvk_swiftshader.so', 'libvulkan.so.1'];

/** The environment a child process needs to find the driver, or why there is none. */
export function softwareAdapter():
  | { readonly environment: NodeJS.ProcessEnv }
  | { readonly missing: string } {
  const missing = files.map((file) => `${folder}/${file}`).filter((path) => !existsSync(path));
  if (process.platform !== 'linux' || missing.length > 0) {
    return { missing: `no Vulkan driver: ${missing.join(', ') || process.platform}` };
  }
  const environment = {
    ...process.env,
    VK_DRIVER_FILES: `${folder}/${files[0]}`,
    LD_LIBRARY_PATH: folder,
  };
  return { environment };
}
