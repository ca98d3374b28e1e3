/** All datasets by their key, which is stored with each import. The engine opens whichever an import names. */
import { DecodeError } from '../../api/codec';
import { type ChartLook, SheetError } from '../ports';
import type { Dataset, Opening, Source } from './dataset';
import { fieldHistory, funnel, stageMoves, stageTimes } from './field-history';
import { interactions } from './interactions';
import { list } from './list';
import { notes } from './notes';
import { opportunities } from './opportunities';
import { organizations } from './organizations';
import { persons } from './persons';
import { reminders } from './reminders';
import { fields, files, strengths, webhooks } from './service-tables';

/** A dataset and what it is asked for, as an import stores them. */
export interface DatasetChoice {
  readonly dataset: string;
  readonly parameters: unknown;
}

export const datasets = {
  list,
  notes,
  reminders,
  interactions,
  persons,
  organizations,
  opportunities,
  fieldHistory,
  stageTimes,
  funnel,
  stageMoves,
  files,
  webhooks,
  fields,
  strengths,
};

/** The dataset of a key, its parameters as yet unread. */
const datasetOf = (key: string): Dataset<unknown> | undefined =>
  // Parameters are decoded by the codec of the very dataset that gets them.
  Object.entries(datasets).find(([name]) => name === key)?.[1] as Dataset<unknown> | undefined;

/** The charts of a dataset's tables. */
export const chartsOf = (key: string): readonly ChartLook[] => datasetOf(key)?.charts ?? [];

/**
 * Opens what an import names.
 * @throws ApiError when it can't be read; SheetError sheet/state-unreadable when this version does not know it
 */
export const openDataset = ({ dataset, parameters }: DatasetChoice, opening: Opening): Source => {
  const found = datasetOf(dataset);
  if (found === undefined) throw new SheetError('sheet/state-unreadable', `dataset ${dataset}`);
  try {
    return found.open(found.parameters.decode(parameters, dataset), opening);
  } catch (fault) {
    if (fault instanceof DecodeError) throw new SheetError('sheet/state-unreadable', `dataset ${dataset}`);
    throw fault;
  }
};
