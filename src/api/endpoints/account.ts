/** Rows of whoami and rate limit; neither counts against the month. Source: official text, "Whoami" and "Rate Limit". */
import { endpoint } from '../endpoint';
import { rateLimit, whoami } from '../records';

export const account = {
  whoami: endpoint({ method: 'GET', path: '/auth/whoami', response: whoami, resend: 'safe', doc: 'Get Whoami' }),
  rateLimit: endpoint({
    method: 'GET',
    path: '/rate-limit',
    response: rateLimit,
    resend: 'safe',
    doc: 'Get Rate Limit Information',
  }),
};
