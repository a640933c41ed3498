import type { LedgerEntry } from '../../../main/api/views.ts';
import { i18n } from '../../i18n/index.svelte.ts';
import { workstation } from '../../state/workstation.svelte.ts';

/** What is said of a name by which something travels: empty where the rest of its line says all. */
const sayings: Readonly<Record<LedgerEntry['what'], (name: string) => string>> = {
  module: moduleName,
  calibration: passName,
  contribution: passName,
  membership: (names) => i18n.list(names.split(', ').map((name) => workstation.label(name))),
  enrolment: (plant) => plant,
  round: (name) => (name === 'calibration' ? i18n.t.traffic.ofCalibration : ''),
  plan: () => '',
};

/** What was moved, in a person's words instead of the plan's names. */
export function movedName({ what, name }: LedgerEntry): string {
  return sayings[what](name);
}

/** A module by what it does: `Gauge: reading it`, `Camera from Gauge`. */
function moduleName(name: string): string {
  const [, role, modality] = /^(encoder|decoder)\/(.+)$/.exec(name) ?? [];
  if (modality !== undefined)
    return i18n.t.traffic.modules[role as 'encoder' | 'decoder'](workstation.label(modality));
  const [, target, source] = /^mapping\/(.+)←(.+)$/u.exec(name) ?? [];
  if (target === undefined || source === undefined) return name;
  return i18n.t.loss.from(workstation.label(target), workstation.label(source));
}

/** A pass of a calibration, and for its sums how many numbers they are, of how many parts; empty for a round's contribution. */
function passName(name: string): string {
  const [pass = '', numbers, parts] = name.split(' ');
  const { passes, sums } = i18n.t.traffic;
  const said = passes[pass] ?? '';
  if (numbers === undefined || parts === undefined) return said;
  return `${said}: ${sums(i18n.number(Number(numbers)), i18n.number(Number(parts)))}`;
}
