import { serve } from '../../worker.ts';
import { openBench } from './cell.ts';

await serve(openBench);
