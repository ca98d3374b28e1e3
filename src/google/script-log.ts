/** Log lines as JSON on the script's log. Secrets are taken out here, whatever wrote the line. */
import type { Log } from '../sync/ports';

export const createScriptLog = (secrets: () => readonly string[]): Log => ({
  write(line) {
    const text = secrets().reduce((clean, secret) => clean.split(secret).join('•••'), JSON.stringify(line));
    console.log(text);
  },
});
