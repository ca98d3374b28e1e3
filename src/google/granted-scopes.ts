/** Which permissions the person gave: each may be declined or taken back by itself. Source: apps-script-facts, section 6. */

const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`;

export const SCOPES = {
  file: scope('spreadsheets.currentonly'),
  fetch: scope('script.external_request'),
  triggers: scope('script.scriptapp'),
  mail: scope('script.send_mail'),
} as const;

/** With scopes since 2025; Google's types know the older form only. */
type AuthorizationOf = (
  mode: GoogleAppsScript.Script.AuthMode,
  scopes: readonly string[],
) => GoogleAppsScript.Script.AuthorizationInfo;

export const isGranted = (...scopes: readonly string[]): boolean => {
  const { AuthMode, AuthorizationStatus } = ScriptApp;
  const informed = (ScriptApp as unknown as { readonly getAuthorizationInfo: AuthorizationOf }).getAuthorizationInfo(
    AuthMode.FULL,
    [...scopes],
  );
  return informed.getAuthorizationStatus() === AuthorizationStatus.NOT_REQUIRED;
};
