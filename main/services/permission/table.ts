import type { ErrorCode, ErrorRecord } from '../../../protocol/errors.ts';
import { type Policy, type Role, roles } from '../../../protocol/policy.ts';
import type { Changes, Permission, Shows } from '../../api/permission.ts';

/** Roles that may do something under a policy. */
interface Allowed {
  readonly roles: readonly Role[];
  /** True if a name is needed even where every role may: it is signed, or written into files. */
  readonly named: boolean;
  /** True if the person must have given a PIN, where the plan asks for any. */
  readonly pinned?: true;
  /** Error that somebody of another role gets. */
  readonly refusal: ErrorCode;
}

/** An error of the table of errors, and the roles that would not meet it. */
interface PermissionRefusal extends ErrorRecord {
  readonly allowed: readonly Role[];
}

type Row = ((policy: Policy) => Allowed) | 'everybody';

const whoeverSees: Row = ({ seenBy }) => ({ roles: seenBy, named: false, refusal: 'policy-view' });

/**
 * The table of permissions, the only place that says who may do what: by what is shown, by whether that goes into files, and by
 * what is changed. Work that a plan says nothing of (data, rounds, this workstation) is for everybody who works here.
 */
const shown: Readonly<Record<Shows, Row>> = {
  nothing: 'everybody',
  measurements: 'everybody',
  reconstructions: whoeverSees,
};
const written: Row = ({ exportBy }) => ({
  ...{ roles: exportBy, named: true, pinned: true, refusal: 'policy-export' },
});
const changed: Readonly<Record<Changes, Row>> = {
  nothing: 'everybody',
  'own-settings': 'everybody',
  decisions: (policy) => ({ ...whoeverSees(policy), pinned: true }),
  // Limits say what counts as "use", as a sign-off says which model does: the same people answer for both.
  limits: ({ signOffBy }) => ({
    ...{ roles: signOffBy, named: false, pinned: true, refusal: 'policy-limits' },
  }),
  models: ({ signOffBy }) => ({
    ...{ roles: signOffBy, named: true, pinned: true, refusal: 'sign-off-not-allowed' },
  }),
  membership: 'everybody',
  data: 'everybody',
};

/**
 * Refusal of what a call says of itself; undefined where somebody may.
 * @param policy undefined before the plant agreed to a plan: nothing is forbidden yet
 * @param role undefined where nobody said who is working
 * @param pin whether they gave their PIN
 */
export function permissionRefusal(
  permission: Permission,
  policy: Policy | undefined,
  role: Role | undefined,
  pin = false,
): PermissionRefusal | undefined {
  if (!policy) return undefined;
  const rows = [
    shown[permission.shows],
    permission.shows === 'reconstructions' && permission.into === 'files' ? written : 'everybody',
    changed[permission.changes],
  ] satisfies Row[];
  const needed = rows.flatMap((row) => (row === 'everybody' ? [] : [row(policy)]));
  const broken = needed.filter((one) => !allows(one, role));
  const [first] = broken;
  const allowed = roles.filter((one) => needed.every((row) => allows(row, one)));
  const detail = { roles: allowed.join(', ') };
  const lacksPin = policy.pins === 'required' && !pin && needed.some(({ pinned }) => pinned);
  if (!first)
    return lacksPin ? { code: role ? 'pin-missing' : 'person-unknown', detail, allowed } : undefined;
  if (!role && allowed.length > 0) return { code: 'person-unknown', detail, allowed };
  // A name helps nobody where no role may: what is said then is what all are refused.
  const closed = broken.find((row) => row.roles.length === 0) ?? first;
  return { code: closed.refusal, detail, allowed };
}

function allows({ named, roles: allowed }: Allowed, role: Role | undefined): boolean {
  if (role) return allowed.includes(role);
  return !named && roles.every((one) => allowed.includes(one));
}
