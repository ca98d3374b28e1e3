/** Whoami and rate limit. Source: official text, sections of the same names. */
import type { Affinity } from '../../../src/api/table';
import type { Handlers } from '../emulate';
import type { Quota } from '../quota';
import { withPacificOffset } from '../world/pacific';

/** Needs the quota, which the world does not hold: it is the same for all tables. */
export const account = (quota: Quota): Handlers<Affinity>['account'] => ({
  whoami: (_args, { world, user }) => {
    const person = world.persons.get(user.id);
    return {
      tenant: world.tenant,
      user: {
        id: user.id,
        firstName: person?.first_name ?? null,
        lastName: person?.last_name ?? null,
        email: person?.primary_email ?? '',
      },
      grant: { type: 'api_key', scope: 'external_api', createdAt: withPacificOffset(user.keyCreatedAt) },
    };
  },

  rateLimit: (_args, { user }) => ({
    rate: {
      org_monthly: quota.month() ?? {
        limit: 'unlimited',
        remaining: 'unlimited',
        reset: null,
        used: quota.usedInMonth(),
      },
      api_key_per_minute: quota.minute(user.id),
    },
  }),
});
