import type { ErrorCode } from '../../../protocol/errors.ts';
import type { Policy } from '../../../protocol/policy.ts';
import type { ModelCard } from '../../../training/evaluation/model-card.ts';
import type { ModelState } from '../../api/views/models.ts';
import type { Actor } from '../../log/entries.ts';
import type { SignedOff, SignOff } from '../../log/sign-off.ts';
import { permissionRefusal } from '../permission/table.ts';

/** The decision that says which version is in use: the newest one to use a version. */
export function usedBy(signOffs: readonly SignedOff[]): SignedOff | undefined {
  return signOffs.findLast(({ statement }) => statement.action !== 'hold');
}

/** State of a version, by whether it has a card and by all decisions, oldest first. */
export function stateOf(version: number, isJudged: boolean, signOffs: readonly SignedOff[]): ModelState {
  if (usedBy(signOffs)?.statement.version === version) return 'in-use';
  const last = signOffs.findLast(({ statement }) => statement.version === version);
  if (last) return last.statement.action === 'hold' ? 'held' : 'retired';
  return isJudged ? 'evaluated' : 'received';
}

/** A decision that somebody wants to make. */
export type Wish = Pick<SignOff, 'action' | 'by' | 'reason' | 'acknowledged'>;

/** Version that a decision is about. */
export interface VersionToDecide {
  readonly state: ModelState;
  readonly card: ModelCard | undefined;
  /** True where no version as new as this was ever put to use here, one that somebody went back from included. */
  readonly isForward: boolean;
}

/** True where a version is newer than all that decisions put to use. */
export function isForwardOf(version: number, signOffs: readonly SignedOff[]): boolean {
  return signOffs.every(({ statement }) => statement.action === 'hold' || statement.version < version);
}

/**
 * True if the card leaves something open: nothing here could judge some of what is reconstructed, or anything at all.
 */
export function leavesOpen({ evaluation }: ModelCard): boolean {
  return evaluation.unevaluated.length > 0 || evaluation.targets.length === 0;
}

/** Each rule with the code of what it refuses; the first that refuses counts. */
const rules: readonly (readonly [
  ErrorCode,
  (wish: Wish, version: VersionToDecide & { card: ModelCard }, policy: Policy) => boolean,
])[] = [
  [
    'sign-off-not-allowed',
    ({ action, by }, version, policy) => {
      if (by.role === 'workstation') {
        const isWorse = version.card.evaluation.comparison === 'worse';
        const mayDecide = action === 'use' ? isAdopted(version, policy) : action === 'hold' && isWorse;
        return version.state !== 'evaluated' || !mayDecide;
      }
      const role = by.role === 'unnamed' || by.name === '' ? undefined : by.role;
      return permissionRefusal({ shows: 'nothing', changes: 'models' }, policy, role) !== undefined;
    },
  ],
  ['model-in-use', (_, { state }) => state === 'in-use'],
  ['model-not-used-before', ({ action }, { state }) => action === 'roll-back' && state !== 'retired'],
  [
    'sign-off-reason',
    ({ action, reason, by }, version) => needsReason(action, by, version) && reason.trim() === '',
  ],
  [
    'sign-off-acknowledge',
    ({ action, by, acknowledged }, { card }) =>
      action === 'use' && by.role !== 'workstation' && leavesOpen(card) && !acknowledged,
  ],
];

/** Code of the rule that refuses a decision; undefined where it can be made. */
export function refusalOf(wish: Wish, version: VersionToDecide, policy: Policy): ErrorCode | undefined {
  const { card } = version;
  if (!card || version.state === 'received') return 'model-not-evaluated';
  return rules.find(([, refuses]) => refuses(wish, { ...version, card }, policy))?.[0];
}

/**
 * True if the plan lets a version be used without a person: forward only, since going back is an act of a person, and
 * where this plant cannot tell because it cannot judge, only if the plan says so.
 */
function isAdopted(
  { card, isForward }: VersionToDecide & { card: ModelCard },
  { adoption }: Policy,
): boolean {
  const { comparison } = card.evaluation;
  if (adoption === 'signed' || !isForward || comparison === 'worse') return false;
  return adoption === 'automatic-unjudged' || comparison !== 'cannot-tell' || !leavesOpen(card);
}

/** True if a decision needs a reason: using what is worse or was held back, or holding something back. */
function needsReason(
  action: Wish['action'],
  by: Actor,
  { state, card }: VersionToDecide & { card: ModelCard },
): boolean {
  if (by.role === 'workstation' || action === 'roll-back') return false;
  return action === 'hold' || state === 'held' || card.evaluation.comparison === 'worse';
}
