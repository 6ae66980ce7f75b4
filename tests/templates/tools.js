/** cfn-lint 1.51 reports E0001 on template.yaml, which is correct; 1.58 does not. */
const MINIMUM = [1, 58];

/**
 * What keeps the templates from being checked; `undefined` if nothing does.
 *
 * @param {{ readonly ok: boolean, readonly stdout: string }} cfnLint Of `cfn-lint --version`.
 * @param {{ readonly ok: boolean }} python Of importing cfnlint and samtranslator.
 */
export function toolsFault(cfnLint, python) {
  const wanted = `${MINIMUM.join('.')} or later is needed`;
  if (!cfnLint.ok) return `cfn-lint is missing; ${wanted}`;
  const [version, major, minor] = /(\d+)\.(\d+)\S*/.exec(cfnLint.stdout) ?? [];
  if (version === undefined) return `cfn-lint does not say its version; ${wanted}`;
  const isRecent = Number(major) > MINIMUM[0] || (Number(major) === MINIMUM[0] && Number(minor) >= MINIMUM[1]);
  if (!isRecent) return `cfn-lint ${version} is too old; ${wanted}`;
  return python.ok ? undefined : 'python3 cannot import cfnlint and samtranslator';
}
