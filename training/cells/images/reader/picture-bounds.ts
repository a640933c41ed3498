/** Bytes of memory at which the process that reads pictures is ended. */
export const mostMemory = 600e6;
/** Seconds that one picture may take. */
export const mostSeconds = 60;
