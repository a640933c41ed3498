/** Training process on a machine whose drivers crash or hang: real processes, the real messages. */
const devices = [
  { engine: 'onnx', device: 'webgpu' },
  { engine: 'onnx', device: 'cuda' },
  { engine: 'onnx', device: 'cpu' },
];
const drivers: Record<string, (id: string) => void> = {
  webgpu: () => process.kill(process.pid, 'SIGKILL'),
  cuda: () => {},
  cpu: (id) => {
    process.send!({ type: 'done', job: id, result: { kind: 'probe', probe: { ok: true, milliseconds: 5 } } });
  },
};

process.on('disconnect', () => process.exit(0));
process.on('message', ({ job }: { job: { id: string; kind: string; candidate?: { device: string } } }) => {
  if (job.candidate) drivers[job.candidate.device]!(job.id);
  else process.send!({ type: 'done', job: job.id, result: { kind: 'devices', candidates: devices } });
});
