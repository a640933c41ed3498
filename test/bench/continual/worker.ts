import { serve } from '../worker.ts';
import { openStreamBench } from './jobs.ts';

await serve(openStreamBench);
