/** What the rest of `local`, the tests and the benchmarks use of the emulator. */
export type { CallCounts } from './calls';
export type { Choices } from './choices';
export { type Control, ControlError, type ControlName, createControl } from './control';
export { Affinity, type AffinityOptions, type Exchange } from './emulator';
export { type EndpointReport, findEndpoints } from './endpoints';
export type { Fault, FaultKind } from './faults';
export { type AffinityServer, createApp, type ServerOptions, startAffinity } from './http';
export type { QuotaOptions } from './quota';
export { RULES, type RuleName } from './rules';
export { LIST_IDS } from './seed/fields';
export { northlight, SEED_NOW, type SeedOptions } from './seed/northlight';
export { type AffinityThread, bundleOnce, startAffinityThread, type ThreadOptions } from './thread';
export { type EmulatorClock, realClock, simulatedClock } from './world/clock';
export { World, type WorldOptions } from './world/world';
