/** Local Google: the Apps Script platform on this machine. Usage, supported members and gaps: README.md. */

export { type AuthModeName, scopes } from './authorization';
export type { BundleSource, Manifest } from './bundle';
export { type CostModel, estimatedCosts } from './call-log';
export { type Clock, realClock, SimulatedClock } from './clock';
export { ExecutionKilled, type KillReason, ScriptError, ScriptFault, Unsupported } from './errors';
export type { HookVerdict, LogLine, ServiceAnswer, ServiceCall } from './execution';
export { type FaultPlan, faultTexts } from './faults';
export type { FirstAccount, GoogleOptions, NewSpreadsheet, RunOptions, RunReport, SpreadsheetHandle } from './google';
export { createGoogle, Google } from './google';
export { type HostFunction, type HostMap, type HostRequest, type HostResponse, NetworkError } from './host-map';
export type { CallEffect } from './members';
export type { Clipboard, Person } from './person';
export { dangerousDefaults, type PlatformSwitches } from './platform';
export { pushedFolder } from './pushed-folder';
export { type AccountKind, type Limits, limitsOf } from './quotas';
export type { SheetSnapshot, Snapshot } from './snapshot';
export type { TriggerModel, TriggerRun } from './trigger-model';
export type {
  DialogAnswer,
  MenuItem,
  MenuTree,
  ScriptedAnswer,
  ShownDialog,
  ShownPage,
  Toast,
  UiDesk,
} from './ui-desk';
