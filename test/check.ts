import { checks, runChecks } from './support/checks.ts';

/** `npm run check [NAME…]`: every static check, or the named ones. */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no check "${unknown[0]}"; there are: ${checks.map((check) => check.name).join(', ')}.`,
  );
  process.exit(2);
}
const { passed, failed } = await runChecks(wanted, (text) => process.stdout.write(text));
console.log(`checks: ${passed.length} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
