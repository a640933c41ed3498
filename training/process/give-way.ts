import { constants, setPriority } from 'node:os';

// Whoever works at this computer comes first: window and host are to answer while a round is trained on every core. Threads have the
// priority of the one that starts them, so this is imported before anything that starts some.
try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // A system that does not let a program give way runs it as any other.
}
