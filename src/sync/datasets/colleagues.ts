/** Who of the persons in typed rows is a colleague, and who the key belongs to: asked once a run, and only where it matters. */
import { PersonType } from '../../api/enums';
import { answerOf, isAbsent } from '../search';
import type { Api } from './dataset';

export interface Colleagues {
  /** Asks side by side about those that are not known yet. @throws ApiError */
  learn(ids: readonly number[]): void;
  has(id: number): boolean;
  /** The person of the key. @throws ApiError */
  me(): number;
}

export const colleagues = (api: Api): Colleagues => {
  const known = new Map<number, boolean>();
  let me: number | null = null;
  return {
    learn(ids) {
      const open = [...new Set(ids)].filter((id) => !known.has(id));
      api.all(open.map((id) => api.prepare.persons.get({ path: { person_id: id } }))).forEach((outcome, index) => {
        const isInternal = !isAbsent(outcome) && answerOf(outcome).type === PersonType.internal;
        known.set(open[index] ?? 0, isInternal);
      });
    },
    has: (id) => known.get(id) === true,
    me() {
      me ??= api.account.whoami().user.id;
      return me;
    },
  };
};
