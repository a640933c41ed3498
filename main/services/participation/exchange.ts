import type { Enrolment } from '../../store/enrolment.ts';
import type { AggregatorClient } from '../../sync/aggregator-client.ts';
import type { RunningJob } from '../activity.ts';
import type { Context } from '../context.ts';
import type { ModelService } from '../models/model-service.ts';

/** Things that a plant takes part with, from *Join round* until it stops: handed down from step to step. */
export interface Exchange extends Pick<Context, 'store'> {
  readonly context: Context;
  readonly client: AggregatorClient;
  readonly enrolment: Enrolment;
  readonly models: ModelService;
  /** The job on show while nothing is trained. */
  readonly job: RunningJob;
}
