import fc from 'fast-check';

/** Seed of all property tests, so that a run finds what the run before found. Vitest runs this before each file. */
fc.configureGlobal({ seed: 1 });
