/** A new import in two steps: pick the list, then what to take of it. */
import { useState } from 'preact/hooks';
import type { ListView } from '../rpc';
import { ImportOptions } from './import-options';
import { ListPicker } from './list-picker';
import { Fault, Heading, Waiting } from './parts';
import { CallFault, call } from './server';
import { useLoaded, useTask } from './tasks';

interface Props {
  readonly isArrival: boolean;
  readonly knownImports: readonly string[];
  readonly monthlyFloor: number;
  onStarted(importId: string): Promise<void>;
}

/** Starts an import. Where the answer was lost, asks the file whether the table is there before anyone makes a second one. */
const startImport = async (
  known: readonly string[],
  list: ListView,
  columns: readonly string[],
  tab: string,
): Promise<string> => {
  try {
    return await call('startImport', list.id, columns, tab);
  } catch (reason) {
    if (!(reason instanceof CallFault) || reason.kind === 'said') throw reason;
    const { imports } = await call('state');
    const made = imports.find(({ id }) => !known.includes(id));
    if (made === undefined) throw reason;
    return made.id;
  }
};

export const NewImport = ({ isArrival, knownImports, monthlyFloor, onStarted }: Props) => {
  const lists = useLoaded(() => call('lists'));
  const [list, setList] = useState<ListView | null>(null);
  const [isBack, setBack] = useState(false);
  if (list !== null) {
    return (
      <Options
        list={list}
        knownImports={knownImports}
        monthlyFloor={monthlyFloor}
        onStarted={onStarted}
        onBack={() => {
          setBack(true);
          setList(null);
        }}
      />
    );
  }
  return (
    <section>
      <Heading isArrival={isArrival || isBack}>Import a list</Heading>
      {lists.value === null && lists.isLoading && <Waiting what="Loading your lists…" />}
      <Fault fault={lists.fault} onRetry={lists.reload} />
      {lists.value?.length === 0 && (
        <p>Your key can see no list. Ask the owner of the list in Affinity to share it with you, then come back.</p>
      )}
      {lists.value !== null && lists.value.length > 0 && <ListPicker lists={lists.value} onPick={setList} />}
    </section>
  );
};

type OptionsProps = Omit<Props, 'isArrival'> & { readonly list: ListView; onBack(): void };

const Options = ({ list, knownImports, monthlyFloor, onStarted, onBack }: OptionsProps) => {
  const columns = useLoaded(() => call('columns', list.id), list.id);
  const task = useTask();
  if (columns.value === null) {
    return (
      <section>
        <Heading isArrival>Import {list.name.slice(0, 80)}</Heading>
        {columns.isLoading ? (
          <Waiting what="Loading fields…" />
        ) : (
          <Fault fault={columns.fault} onRetry={columns.reload} />
        )}
        <button type="button" class="text" onClick={onBack}>
          ← Choose another list
        </button>
      </section>
    );
  }
  return (
    <ImportOptions
      list={list}
      columns={columns.value}
      monthlyFloor={monthlyFloor}
      task={task}
      onBack={onBack}
      onImport={(keys, tab) => task.run(async () => onStarted(await startImport(knownImports, list, keys, tab)))}
    />
  );
};
