/**
 * Makes sure that the browser suite has a Chrome or Chromium: an installed one, the one that CHROME_PATH names, or, in CI as root on
 * Debian, the distribution's. Elsewhere the suite itself says how to get one.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

const isThere = () => [process.env.CHROME_PATH, ...KNOWN].some((file) => file && fs.existsSync(file));

export const ensureBrowser = () => {
  const isRootOnDebian = process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get');
  if (isThere() || process.env.CI !== 'true' || !isRootOnDebian) return;
  console.error('Installing Chromium (once) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'],
  ]) {
    const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env });
    // Without a browser the suite fails with a sentence of its own, which says more than a failed package manager.
    if (status !== 0) return;
  }
};
