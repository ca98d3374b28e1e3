/**
 * The list of what an emulated service can do: member by member, with its kind of effect and the argument lists it
 * takes. The list is the contract: what is not in it throws by name, and arguments that fit none of its signatures are
 * refused with the platform's sentence.
 */

import { EnumValue } from './enums';
import { ScriptFault, texts } from './errors';

/** What a call does, as far as buffering, counting, cost and kill tests care. */
export type CallEffect =
  | 'navigate' // hands out an object, reads no content
  | 'read' // reads content or attributes: sends the pending writes of that sheet first
  | 'write' // waits in the buffer
  | 'structure' // changes the grid, sheets, metadata or rules
  | 'flush'
  | 'property-read'
  | 'property-write'
  | 'cache'
  | 'lock'
  | 'fetch'
  | 'ui'
  | 'trigger'
  | 'mail'
  | 'pure';

export type Member = { readonly effect: CallEffect; readonly signatures: readonly (readonly string[])[] };
export type Members = Readonly<Record<string, Member>>;

/** Every list by the name of its service: what README.md's table is made of. */
export const supportedMembers = new Map<string, Members>();

/**
 * Builds a member list from `{ effect: { member: 'int,int | str' } }`. An empty text means: no arguments.
 * Tokens: int num str bool any date obj fn, a service or enum name, `T?` for null allowed, `T[]`, `T[][]`,
 * and `...any` for the rest.
 */
export const members = (service: string, groups: Partial<Record<CallEffect, Record<string, string>>>): Members => {
  const list: Record<string, Member> = Object.create(null);
  for (const [effect, group] of Object.entries(groups)) {
    for (const [name, signatures] of Object.entries(group)) {
      list[name] = {
        effect: effect as CallEffect,
        signatures: signatures.split('|').map((one) => (one.trim() === '' ? [] : one.split(',').map((t) => t.trim()))),
      };
    }
  }
  supportedMembers.set(service, list);
  return list;
};

/** Anything that knows its service name; the base class of emulated objects implements it. */
export type Named = { readonly serviceName: string };
const isNamed = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Named>).serviceName === 'string';

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

const fits = (token: string, value: unknown): boolean => {
  if (token === 'any[][]') return Array.isArray(value) && value.every((row) => Array.isArray(row)); // no visit of every cell
  if (token.endsWith('?')) return value === null || value === undefined || fits(token.slice(0, -1), value);
  if (token.endsWith('[]')) return Array.isArray(value) && value.every((item) => fits(token.slice(0, -2), item));
  switch (token) {
    case 'any':
      return true;
    case 'int':
      return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 0x7fff_ffff;
    case 'num':
      return typeof value === 'number' && !Number.isNaN(value);
    case 'str':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'fn':
      return typeof value === 'function';
    case 'date':
      return tagOf(value) === 'Date';
    case 'obj':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNamed(value);
    default:
      return (
        (isNamed(value) && value.serviceName === token) || (value instanceof EnumValue && value.enumName === token)
      );
  }
};

/** The type word the platform uses in its signature message. */
const typeWord = (value: unknown): string => {
  if (value === null || value === undefined) return '(class)';
  if (Array.isArray(value)) return 'number[]';
  if (isNamed(value)) return `SpreadsheetApp.${value.serviceName}`;
  if (value instanceof EnumValue) return value.enumName;
  return typeof value === 'object'
    ? '(class)'
    : tagOf(value) === 'Function'
      ? 'function'
      : tagOf(value) === 'String'
        ? 'String'
        : typeof value;
};

/** @throws when no signature of the member fits. A trailing `undefined` counts as an argument, as on the platform. */
export const checkArguments = (qualifiedName: string, member: Member, args: readonly unknown[]): void => {
  for (const signature of member.signatures) {
    const rest = signature.at(-1)?.startsWith('...');
    if (rest ? args.length >= signature.length - 1 : args.length === signature.length) {
      if (signature.every((token, i) => token.startsWith('...') || fits(token, args[i]))) return;
    }
  }
  throw new ScriptFault(texts.signature(args.map(typeWord).join(','), qualifiedName));
};
