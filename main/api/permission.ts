/**
 * Contents that a call or an image shows. `measurements`: measurements of parts here, and their names.
 * `reconstructions`: anything a model computed in the place of a measurement (values, pictures, words, what they rest
 * on), and what is read only together with it: the queue, and what thresholds leave of it. Figures about a model, a
 * round or the plant are `nothing`.
 */
export type Shows = 'nothing' | 'measurements' | 'reconstructions';

/**
 * Things that a call changes beyond files, jobs and figures that can be made again. `own-settings`: how this
 * workstation looks, computes and whom it names. `decisions`: decisions on reconstructions. `limits`: which
 * reconstructions count as "use". `models`: which version reconstructions are made with. `membership`: whether the
 * plant belongs to a federation and takes part in its rounds. `data`: measurements.
 */
export type Changes = 'nothing' | 'own-settings' | 'decisions' | 'limits' | 'models' | 'membership' | 'data';

/** Declaration of what a call shows and changes, from which the table of permissions tells who may make it. */
export type Permission<Output = unknown> = { readonly changes: Changes } & (
  | { readonly shows: Exclude<Shows, 'reconstructions'> }
  | {
      readonly shows: 'reconstructions';
      /**
       * Place that they go to: this window, files that may leave the workstation, or the log that an auditor is given,
       * which must be whole to be verified: a plan that forbids files of reconstructions must not keep it from an
       * audit.
       */
      readonly into: 'window' | 'files' | 'audit';
      /**
       * Reduces the answer for whoever may not see reconstructions to the rest, which all may see; absent: the call is
       * refused.
       */
      without?(answer: Output): Output;
    }
);
