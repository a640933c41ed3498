/** Bytes of memory at which the process that reads pictures is ended. */
export const mostMemory = 600e6;
/** Options of Node for it: JavaScript needs little beside the pixels, which lie elsewhere. */
export const pictureProcessOptions = ['--max-old-space-size=256'];
/** Seconds that one picture may take. */
export const mostSeconds = 60;
