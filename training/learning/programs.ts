import type { Engine, Program, Signature, TensorFunction } from '../engine/types.ts';

/** Function that builds a tensor function and its signature; called only when it is not compiled yet. */
type Build = () => { readonly fn: TensorFunction; readonly signature: Signature };

/** Compiled programs of one plan on one engine, kept between rounds because compiling costs a tenth of a second. */
export interface Programs {
  readonly engine: Engine;
  get(name: string, build: Build): Promise<Program>;
  dispose(): Promise<void>;
}

/** Largest number of programs kept; the one unused longest is freed first. */
const limit = 32;

/** Opens an empty cache of programs on `engine`. */
export function openPrograms(engine: Engine): Programs {
  const cache = new Map<string, Program>();
  const compile = (build: Build) => {
    const { fn, signature } = build();
    return engine.compile(fn, signature);
  };
  return {
    engine,
    async get(name, build) {
      const program = cache.get(name) ?? (await compile(build));
      cache.delete(name);
      cache.set(name, program);
      const [oldest, forgotten] = cache.entries().next().value!;
      if (cache.size > limit) {
        cache.delete(oldest);
        await forgotten.dispose();
      }
      return program;
    },
    async dispose() {
      const programs = [...cache.values()];
      cache.clear();
      for (const program of programs) await program.dispose();
    },
  };
}
