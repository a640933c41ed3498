/**
 * What a call or an image shows. `measurements`: what was measured of parts here, and their names. `reconstructions`: what a
 * model computed in the place of a measurement (values, pictures, words, what they rest on), and what is read only
 * together with it: the queue, and what thresholds leave of it. Figures about a model, a round or the plant are `nothing`.
 */
export type Shows = 'nothing' | 'measurements' | 'reconstructions';

/**
 * What a call changes beyond files, jobs and figures that can be made again. `own-settings`: how this workstation looks, computes
 * and whom it names. `decisions`: what a person said of a reconstruction. `limits`: which reconstructions count as "use".
 * `models`: which version reconstructions are made with. `membership`: whether the plant belongs to a federation and takes
 * part in its rounds. `data`: what was measured.
 */
export type Changes = 'nothing' | 'own-settings' | 'decisions' | 'limits' | 'models' | 'membership' | 'data';

/** What a call must say of itself, for the table of permissions to say who may make it. */
export type Permission<Output = unknown> = { readonly changes: Changes } & (
  | { readonly shows: Exclude<Shows, 'reconstructions'> }
  | {
      readonly shows: 'reconstructions';
      /**
       * Whether they are shown here, written into files that may leave the workstation, or stand in the log that an auditor is
       * given: it must be whole to be verified, and a plan that forbids files of reconstructions must not keep it from an audit.
       */
      readonly into: 'window' | 'files' | 'audit';
      /** The answer for whoever may not see them, where all the rest may be seen; absent: the call is refused. */
      without?(answer: Output): Output;
    }
);
