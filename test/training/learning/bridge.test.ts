import { describe, expect, it } from 'vitest';
import { modulesOf } from '../../../protocol/modules.ts';
import { modalityOf } from '../../../protocol/plan.ts';
import { mappingInputSize } from '../../../protocol/shapes.ts';
import { bridgeParts } from '../../../training/learning/bridge-parts.ts';
import { row } from '../../../training/learning/row-table.ts';
import { bridgesTo } from '../../../training/model/bridge-paths.ts';
import { initialModule } from '../../../training/model/initialise.ts';
import { onnxPrograms } from '../model/engines.ts';
import { tinyPlan } from '../model/plans.ts';

describe('a bridge', () => {
  it.each(['features', 'latent'] as const)(
    'leads only over trained modules: mappings read %s',
    async (mappingInput) => {
      const ruled = tinyPlan({ mapping: { hidden: [8] }, research: { mappingInput } });
      const path = ['mapping/color←gauge', 'mapping/camera←color'];
      const reencoding = ['encoder/color', 'decoder/color'];
      const needed = mappingInput === 'features' ? [...path, ...reencoding] : path;
      expect(bridgesTo(ruled, 'camera', 'gauge', new Set(needed))).toEqual(['color']);
      for (const lacking of needed)
        expect(
          bridgesTo(ruled, 'camera', 'gauge', new Set(needed.filter((name) => name !== lacking))),
        ).toEqual([]);
    },
  );

  it.each(['features', 'latent', 'measurement'] as const)(
    'leaves open what its first mapping leaves open: mappings read %s',
    async (mappingInput) => {
      const ruled = tinyPlan({
        mapping: { hidden: [8], residual: mappingInput === 'measurement' ? 4096 : 0 },
        research: { mappingInput },
      });
      const programs = await onnxPrograms();
      /** The first mapping's log-variances are `sure`; the second's are small and the same everywhere. */
      const modules = (sure: number) =>
        Object.fromEntries(
          modulesOf(ruled).map((name) => {
            const entries = Object.entries(initialModule(ruled, name)).map(([tensor, { shape, data }]) => {
              const fixed = {
                'mapping/color←gauge/logvar/bias': sure,
                'mapping/camera←color/logvar/bias': -8,
                'mapping/camera←color/logvar/kernel': 0,
              }[tensor];
              return [tensor, { shape, data: fixed === undefined ? data : data.fill(fixed) }] as const;
            });
            return [name, Object.fromEntries(entries)];
          }),
        );
      const width = mappingInputSize(ruled, modalityOf(ruled, 'gauge'));
      const table = { data: new Float32Array(4 * width).fill(0.5), width };
      const spread = async (sure: number) => {
        const frozen = {
          plan: ruled,
          programs,
          modules: modules(sure),
          abort: new AbortController().signal,
        };
        const { logvar } = await bridgeParts(
          frozen,
          ['camera', 'color', 'gauge'],
          table,
          Uint32Array.of(0, 2),
        );
        expect([...row(logvar, 1)]).toEqual([0, 0, 0]);
        return row(logvar, 2).reduce((sum, value) => sum + Math.exp(value), 0);
      };
      const [sure, unsure] = [await spread(-9), await spread(3)];
      expect(unsure).toBeGreaterThan(10 * sure);
      await programs.dispose();
    },
  );
});
