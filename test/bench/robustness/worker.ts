import { serve } from '../worker.ts';
import { openFaultBench } from './jobs.ts';

await serve(openFaultBench);
