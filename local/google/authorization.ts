/**
 * Who may call what: the four authorization modes of section 4 of the facts, and the scopes a user has granted.
 * The text of a refusal is Google's. Scopes count in FULL mode only; the other modes are refused as a whole.
 */
import { ScriptFault, texts } from './errors';
import type { CallEffect } from './members';

export type AuthModeName = 'NONE' | 'LIMITED' | 'CUSTOM_FUNCTION' | 'FULL';

const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`;
export const scopes = {
  currentDocument: scope('spreadsheets.currentonly'),
  allSpreadsheets: scope('spreadsheets'),
  fetch: scope('script.external_request'),
  containerUi: scope('script.container.ui'),
  scriptApp: scope('script.scriptapp'),
  mail: scope('script.send_mail'),
  email: scope('userinfo.email'),
} as const;

/** One family of services with the same rules. */
export type Family =
  | 'document'
  | 'all-documents'
  | 'store'
  | 'fetch'
  | 'menu'
  | 'dialogs'
  | 'triggers'
  | 'mail'
  | 'user'
  | 'free';

type Rule = { readonly modes: readonly AuthModeName[]; readonly anyOf: readonly string[] };

const rules: Record<Family, Rule> = {
  document: { modes: ['LIMITED', 'CUSTOM_FUNCTION', 'FULL'], anyOf: [scopes.currentDocument, scopes.allSpreadsheets] },
  'all-documents': { modes: ['FULL'], anyOf: [scopes.allSpreadsheets] },
  store: { modes: ['LIMITED', 'CUSTOM_FUNCTION', 'FULL'], anyOf: [] },
  fetch: { modes: ['CUSTOM_FUNCTION', 'FULL'], anyOf: [scopes.fetch] },
  menu: { modes: ['NONE', 'LIMITED', 'FULL'], anyOf: [] },
  dialogs: { modes: ['FULL'], anyOf: [scopes.containerUi] },
  triggers: { modes: ['FULL'], anyOf: [scopes.scriptApp] },
  mail: { modes: ['FULL'], anyOf: [scopes.mail] },
  user: { modes: ['FULL'], anyOf: [scopes.email] },
  free: { modes: ['NONE', 'LIMITED', 'CUSTOM_FUNCTION', 'FULL'], anyOf: [] },
};

const changesDocument = (effect: CallEffect): boolean => effect === 'write' || effect === 'structure';

export type Grant = { readonly mode: AuthModeName; readonly granted: ReadonlySet<string> | 'all' };

export const isPermitted = (family: Family, effect: CallEffect, grant: Grant): boolean => {
  const rule = rules[family];
  if (!rule.modes.includes(grant.mode)) return false;
  if (grant.mode === 'CUSTOM_FUNCTION' && family === 'document' && changesDocument(effect)) return false;
  if (grant.mode !== 'FULL' || rule.anyOf.length === 0) return true;
  const { granted } = grant;
  return granted === 'all' || rule.anyOf.some((one) => granted.has(one));
};

/** @throws Google's refusal when the mode forbids the call or no fitting scope was granted. */
export const authorize = (family: Family, effect: CallEffect, qualifiedName: string, grant: Grant): void => {
  if (!isPermitted(family, effect, grant))
    throw new ScriptFault(texts.noPermission(qualifiedName, rules[family].anyOf));
};
