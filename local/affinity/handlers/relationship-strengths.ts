/** Relationship strengths, computed from the interactions of two persons. Source: official text, "Relationship Strengths". */
import { EntityType, PersonType } from '../../../src/api/enums';
import type { Affinity } from '../../../src/api/table';
import { checkEntities } from '../access';
import type { Handlers } from '../emulate';
import { internalOf } from '../world/interactions';
import { DAY } from '../world/pacific';
import type { World } from '../world/world';

/** From 0 to 1: recent interactions count more, and the day of asking is the last that counts, as if computed daily. */
const strengthsOf = (world: World, externalId: number): ReadonlyMap<number, number> => {
  const today = Math.floor(world.clock.now() / DAY) * DAY;
  const weights = new Map<number, number>();
  for (const one of world.interactions.of(externalId)) {
    if (one.date > today) continue;
    const weight = 1 / (1 + (today - one.date) / (365 * DAY));
    for (const id of internalOf(world, one)) weights.set(id, (weights.get(id) ?? 0) + weight);
  }
  return new Map([...weights].map(([id, weight]) => [id, Math.round((1 - Math.exp(-weight / 4)) * 1e4) / 1e4]));
};

export const relationshipStrengths: Handlers<Affinity>['relationshipStrengths'] = {
  list: ({ query }, caller) => {
    const { world } = caller;
    checkEntities(caller, EntityType.person, [query.external_id], 'strength-of-known-persons');
    if (query.internal_id !== undefined) {
      checkEntities(caller, EntityType.person, [query.internal_id], 'strength-of-known-persons');
    }
    if (
      world.persons.get(query.external_id)?.type !== PersonType.external &&
      world.rules.isOn('strength-is-with-externals')
    )
      return [];
    const isNarrow = query.internal_id !== undefined && world.rules.isOn('strength-of-one-internal');
    return [...strengthsOf(world, query.external_id)]
      .filter(([id]) => !isNarrow || id === query.internal_id)
      .map(([internal_id, strength]) => ({ internal_id, external_id: query.external_id, strength }));
  },
};
