import { serve } from '../worker.ts';
import { openTrustBench } from './jobs.ts';

await serve(openTrustBench);
