/** Who of the persons in typed rows is a colleague, and who the key belongs to: asked once a run, and only where it matters. */
import { PersonType } from '../../api/enums';
import { answerOf, isAbsent } from '../search';
import type { Api } from './dataset';
import type { Typed } from './record-creation';

export interface Colleagues {
  /** What asks, side by side, about those in a column of typed rows that are not known yet; it throws ApiError. */
  learnFrom(column: string): (rows: readonly Pick<Typed, 'ids'>[]) => void;
  has(id: number): boolean;
  /** The person of the key. @throws ApiError */
  me(): number;
}

export const colleagues = (api: Api): Colleagues => {
  const known = new Map<number, boolean>();
  let me: number | null = null;
  return {
    learnFrom: (column) => (rows) => {
      const open = [...new Set(rows.flatMap((row) => row.ids(column)))].filter((id) => !known.has(id));
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
