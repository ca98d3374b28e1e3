/**
 * The datasets over the history of one field of a list: all its changes, the time of each row in each stage, the funnel and the moves
 * between stages. All are shown only. The history is read in order, a limited number of steps a call.
 * Source: official text, "Field Value Changes"; affinity-v1-facts, section 8.
 */
import { integer, object, text } from '../../api/codec';
import { ChangeAction, ValueType } from '../../api/enums';
import { changesInOrder } from '../../api/paging';
import { type DropdownOption, EntityType, type Field, type FieldValueChange } from '../../api/records';
import { choiceScalar } from '../cells/choice';
import type { CellCodec } from '../cells/codec';
import { codecFor } from '../cells/for-field';
import { instant } from '../cells/instant';
import { singleNumber } from '../cells/number';
import { opportunityScalar, organizationScalar, personScalar } from '../cells/reference';
import { single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import { namedPerson } from '../names';
import type { Dataset, Opening, Source } from './dataset';
import { collected, column, type RecordColumn, recordSource } from './record-source';
import {
  daysOf,
  figuresOf,
  movesOf,
  type StageFigures,
  type StageMoves,
  type StageStep,
  type Visit,
  visitsOf,
} from './stage-times';

export interface HistoryWanted {
  /** What the table is called. */
  readonly title: string;
  readonly listId: number;
  readonly fieldId: number;
}

const parameters = object({ title: text, listId: integer, fieldId: integer });
const locked = 'This is what happened: it is shown and can’t be changed.';

/** Steps a call. */
const STEPS_PER_CALL = 500;

const ENTITY = {
  [EntityType.person]: { header: 'Person', codec: single(personScalar) },
  [EntityType.organization]: { header: 'Organization', codec: single(organizationScalar) },
  [EntityType.opportunity]: { header: 'Opportunity', codec: single(opportunityScalar) },
} as const;

/** The list and the field, as they are now. */
const openField = ({ listId, fieldId }: HistoryWanted, { api }: Opening) => {
  const list = api.lists.get({ path: { list_id: listId } });
  const found = list.fields.find(({ id }) => id === fieldId);
  const field = found ?? api.fields.all({ query: { entity_type: list.type } }).find(({ id }) => id === fieldId);
  return { type: list.type, field };
};

const read = ({ fieldId }: HistoryWanted, { api }: Opening): readonly FieldValueChange[] => [
  ...changesInOrder((after) =>
    api.fieldValueChanges.list({ query: { field_id: fieldId, order_by: 'asc', limit: STEPS_PER_CALL, ...after } }),
  ),
];

const ACTIONS = {
  [ChangeAction.create]: 'Filled',
  [ChangeAction.update]: 'Changed',
  [ChangeAction.delete]: 'Cleared',
};

const NO_FIELD: Pick<Field, 'value_type' | 'allows_multiple' | 'dropdown_options'> = {
  value_type: ValueType.text,
  allows_multiple: false,
  dropdown_options: [],
};

const changeColumns = (type: EntityType, codec: CellCodec): readonly RecordColumn<FieldValueChange>[] => [
  column('change.at', 'When', instant, (change) => change.changed_at, { locked }),
  column('change.entity', ENTITY[type].header, ENTITY[type].codec, (change) => change.entity_id, {
    locked,
  }),
  column('change.action', 'What', single(choiceScalar(ACTIONS)), (change) => change.action_type, { locked }),
  column('change.value', 'Value', codec, (change) => change.value, { locked }),
  column('change.by', 'By', single(personScalar), ({ changer }) => changer?.id ?? null, { locked }),
  column('change.row', 'Row on the list', singleNumber, (change) => change.list_entry_id, { locked }),
];

export const fieldHistory: Dataset<HistoryWanted> = {
  parameters,
  open(wanted, opening) {
    const { type, field = NO_FIELD } = openField(wanted, opening);
    // Each step is about one value, also where a cell holds several.
    const codec = codecFor({ ...field, allows_multiple: false });
    return recordSource(
      {
        columns: changeColumns(type, codec),
        keyOf: ({ id }) => String(id),
        titleOf: (change) => change.changed_at,
        meet: ({ changer }) => {
          if (changer !== null) opening.persons.add(namedPerson(changer));
        },
      },
      {
        title: wanted.title,
        place: 'in this history',
        read: collected(
          () => read(wanted, opening),
          ({ id }) => id,
        ),
        isCheap: true,
      },
      opening,
    );
  },
};

const idIn = (raw: unknown): number | null =>
  typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'number' ? raw.id : null;

const stepOf = ({ id, entity_id, list_entry_id, action_type, changed_at, value }: FieldValueChange): StageStep => ({
  id,
  row: list_entry_id ?? entity_id,
  entity: entity_id,
  at: Date.parse(changed_at),
  stage: action_type === ChangeAction.delete ? null : idIn(value),
});

/** What the tables about stages are made of; stages in the order of their rank. */
const stagesOf = (wanted: HistoryWanted, opening: Opening) => {
  const { type, field } = openField(wanted, opening);
  const options: readonly DropdownOption[] = [...(field?.dropdown_options ?? [])].sort((a, b) => a.rank - b.rank);
  const ranks = new Map(options.map(({ id }, index) => [id, index]));
  // An option that is gone from the field stands behind all others.
  const rankOf = (stage: number): number => ranks.get(stage) ?? options.length;
  const visits = () => visitsOf(read(wanted, opening).map(stepOf), rankOf);
  const codec = codecFor({ ...NO_FIELD, value_type: ValueType.rankedDropdown, dropdown_options: options });
  const nameOf = (stage: number): string => options.find(({ id }) => id === stage)?.text ?? String(stage);
  return { type, codec, visits, rankOf, nameOf, stages: options.map(({ id }) => id) };
};

/** A stage in a cell: the codec reads the form in which the API gives it. */
const stage = <R>(key: string, header: string, codec: CellCodec, of: (record: R) => number) =>
  column<R>(key, header, codec, (record) => ({ id: of(record) }), { locked });
const number = <R>(key: string, header: string, of: (record: R) => number | null) =>
  column<R>(key, header, singleNumber, of, { locked });
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const derived = <R>(
  wanted: HistoryWanted,
  opening: Opening,
  place: string,
  columns: readonly RecordColumn<R>[],
  keyOf: (record: R) => string,
  readAll: () => readonly R[],
): Source => {
  const all = (): readonly (readonly [number, R])[] => readAll().map((record, index) => [index, record]);
  return recordSource(
    {
      columns: columns.map((one) => ({ ...one, of: ([, record]: readonly [number, R]) => one.of(record) })),
      keyOf: ([, record]) => keyOf(record),
      titleOf: ([, record]) => keyOf(record),
    },
    { title: wanted.title, place, read: collected(all, ([index]) => index), isCheap: true },
    opening,
  );
};

/** One row for each stay of a row in a stage. */
export const stageTimes: Dataset<HistoryWanted> = {
  parameters,
  charts: [{ title: 'How many days stays lasted', kind: 'HISTOGRAM', columns: ['stage.days'] }],
  open(wanted, opening) {
    const { type, codec, visits } = stagesOf(wanted, opening);
    const { header, codec: named } = ENTITY[type];
    return derived<Visit>(
      wanted,
      opening,
      'in this history',
      [
        column('stage.entity', header, named, ({ entity }) => entity, { locked }),
        stage('stage.name', 'Stage', codec, (visit) => visit.stage),
        column('stage.entered', 'Entered', instant, ({ entered }) => iso(entered), { locked }),
        column('stage.left', 'Left', instant, ({ left }) => iso(left), { locked }),
        number('stage.days', 'Days', (visit) => daysOf(visit, opening.now)),
        column('stage.back', 'Moved back', single(textScalar), ({ isBack }) => (isBack ? 'Yes' : null), {
          locked,
        }),
        number('stage.row', 'Row on the list', ({ row }) => row),
      ],
      ({ row, number: visit }) => `${row}-visit-${visit}`,
      visits,
    );
  },
};

/** One row for each stage. */
export const funnel: Dataset<HistoryWanted> = {
  parameters,
  charts: [
    { title: 'Rows in each stage', kind: 'BAR', columns: ['funnel.stage', 'funnel.reached', 'funnel.present'] },
    { title: 'Moved on from each stage, %', kind: 'COLUMN', columns: ['funnel.stage', 'funnel.share'] },
    { title: 'Days in each stage, median', kind: 'COLUMN', columns: ['funnel.stage', 'funnel.days'] },
  ],
  open(wanted, opening) {
    const { codec, visits, rankOf, stages } = stagesOf(wanted, opening);
    return derived<StageFigures>(
      wanted,
      opening,
      'among the stages',
      [
        stage('funnel.stage', 'Stage', codec, (figures) => figures.stage),
        number('funnel.reached', 'Rows that were in it', ({ reached }) => reached),
        number('funnel.present', 'In it now', ({ present }) => present),
        number('funnel.moved', 'Moved on', ({ movedOn }) => movedOn),
        number('funnel.share', 'Moved on, %', ({ movedOn, reached }) =>
          reached === 0 ? null : Math.round((movedOn / reached) * 1000) / 10,
        ),
        number('funnel.back', 'Moves back into it', ({ movesBack }) => movesBack),
        number('funnel.days', 'Days in it, median', ({ medianDays }) => medianDays),
      ],
      (figures) => `stage-${figures.stage}`,
      () => figuresOf(visits(), stages, rankOf, opening.now),
    );
  },
};

/** One row for each pair of stages between which rows moved. */
export const stageMoves: Dataset<HistoryWanted> = {
  parameters,
  charts: [
    { title: 'Moves between stages, % of all from there', kind: 'BAR', columns: ['moves.label', 'moves.share'] },
  ],
  open(wanted, opening) {
    const { codec, visits, stages, nameOf } = stagesOf(wanted, opening);
    return derived<StageMoves>(
      wanted,
      opening,
      'among the moves',
      [
        stage('moves.from', 'From', codec, ({ from }) => from),
        stage('moves.to', 'To', codec, ({ to }) => to),
        number('moves.count', 'Moves', ({ moves }) => moves),
        number('moves.share', 'Of all moves from there, %', ({ share }) => Math.round(share * 1000) / 10),
        number('moves.days', 'Days before the move, median', ({ medianDays }) => medianDays),
        column('moves.label', 'From → to', single(textScalar), ({ from, to }) => `${nameOf(from)} → ${nameOf(to)}`, {
          locked,
          isLong: true,
        }),
      ],
      ({ from, to }) => `from-${from}-to-${to}`,
      () => movesOf(visits(), stages, opening.now),
    );
  },
};
