/** The cases of meetings say what they expect in the test runner's words. For a table of them nobody has to understand these. */
const word = (): unknown => new Proxy(() => null, { get: word, apply: () => null });

if (!('expect' in globalThis)) Object.assign(globalThis, { expect: word() });
