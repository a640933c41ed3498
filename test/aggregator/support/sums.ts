import {
  type CalibrationState,
  calibrationState,
} from '../../../protocol/calibration/calibration-messages.ts';
import { type CalibrationPass, countOf, statisticLengths } from '../../../protocol/calibration/lengths.ts';
import { canMeasure, parseRoute, routesToCalibrate } from '../../../protocol/calibration/routes.ts';
import { encodeSums, type Sums } from '../../../protocol/calibration/sums.ts';
import { contributionResponse, type RoundState } from '../../../protocol/messages.ts';
import { modulesOf } from '../../../protocol/modules.ts';
import { planHash } from '../../../protocol/plan.ts';
import type { Headquarters } from './headquarters.ts';
import { holdings } from './plan.ts';
import { type Answer, sha256Of, TestPlant } from './plant.ts';

/** Plant that takes part in calibrations, with sums that are made up. */
export class CalibratedPlant extends TestPlant {
  async announced(): Promise<NonNullable<RoundState['calibration']>> {
    return (await this.round()).calibration!;
  }

  async calibration(): Promise<CalibrationState> {
    const { number } = await this.announced();
    const answer = await this.request({ method: 'GET', target: `/v1/calibrations/${number}` });
    return calibrationState.parse(answer.json());
  }

  /** Uploads sums and names them in a message; null: the plant has too few parts. */
  async trySay(pass: CalibrationPass, sums: Sums | null): Promise<Answer> {
    const bytes = sums && encodeSums(sums);
    if (bytes) {
      const uploaded = await this.upload(bytes);
      if (uploaded.status !== 201) throw new Error(uploaded.bytes.toString());
    }
    const blob = bytes && { sha256: sha256Of(bytes), bytes: bytes.length };
    const body = JSON.stringify({ planHash: planHash(this.plan), sums: blob });
    const { number } = await this.announced();
    return this.request({ method: 'POST', target: `/v1/calibrations/${number}/${pass}`, body });
  }

  async say(pass: CalibrationPass, sums: Sums | null): Promise<void> {
    contributionResponse.parse((await this.trySay(pass, sums)).json());
  }
}

/** The three plants of {@link holdings}, enrolled. */
export async function join(
  headquarters: Headquarters,
): Promise<[CalibratedPlant, CalibratedPlant, CalibratedPlant]> {
  const plants: CalibratedPlant[] = [];
  for (const name of ['Osaka', 'Porto', 'Hanoi'] as const) {
    const { plan, ca, clock } = headquarters;
    const plant = new CalibratedPlant(name, holdings[name], {
      ...{ plan, ca, clock },
      url: headquarters.aggregator.url,
    });
    await plant.enrol(await headquarters.invite(name));
    plants.push(plant);
  }
  return plants as [CalibratedPlant, CalibratedPlant, CalibratedPlant];
}

/** Lets every plant train the open round. */
export async function contributeAll(headquarters: Headquarters, plants: readonly TestPlant[]): Promise<void> {
  await headquarters.command('round', {});
  for (const plant of plants) {
    const { stage } = await plant.round();
    await plant.contribute(plant.trained(stage, 1), 10);
  }
  await headquarters.settle();
}

/** Sums that a plant makes of all it measures, of so many parts; their values follow the length of its name. */
export function madeUpSums({ plan, name, has }: TestPlant, pass: CalibrationPass, parts = 40): Sums {
  const routes = routesToCalibrate(plan, Object.values(holdings), new Set(modulesOf(plan)));
  const own = routes.filter((route) => canMeasure(has, parseRoute(route)));
  return Object.fromEntries(own.map((route) => [route, statisticsOf(route)]));

  function statisticsOf(route: string): Record<string, Float64Array> {
    const lengths = Object.entries(statisticLengths(plan, pass, parseRoute(route)));
    return Object.fromEntries(
      lengths.map(([statistic, length]) => {
        if (statistic === countOf[pass]) return [statistic, Float64Array.of(parts)];
        const isHistogram = /surprises|distances/.test(statistic);
        const fill = (_: unknown, place: number) =>
          isHistogram ? (place === 60 ? parts : 0) : (name.length * (place % 7)) / 4;
        return [statistic, Float64Array.from({ length }, fill)];
      }),
    );
  }
}
