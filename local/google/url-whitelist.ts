/** Whether an address is covered by the manifest's `urlFetchWhitelist`. Source: facts section 12. */

const PREFIX = /^https:\/\/(\*\.)?([^/*?#]+)(\/[^*]*)$/;

/** `undefined` means: no list, everything allowed. */
export const isWhitelisted = (url: string, list: readonly string[] | undefined): boolean => {
  if (list === undefined) return true;
  const target = /^https:\/\/([^/?#]+)([^?#]*)([?#].*)?$/i.exec(url);
  if (!target) return false;
  const [, host = '', path = ''] = target;
  const asked = path === '' ? '/' : path;
  return list.some((prefix) => {
    const match = PREFIX.exec(prefix);
    if (!match) return false;
    const [, wildcard, domain = '', base = ''] = match;
    const hostFits = wildcard
      ? host.toLowerCase().endsWith(`.${domain.toLowerCase()}`)
      : host.toLowerCase() === domain.toLowerCase();
    return hostFits && (asked === base || asked.startsWith(base.endsWith('/') ? base : `${base}/`));
  });
};
