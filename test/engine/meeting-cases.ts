/**
 * Every kind of meeting of a change here with a change in Affinity, as data: what each side does, what is run then, and what stands at
 * the end. The suite runs them; docs/delivery.md shows them.
 */
import { LIST_IDS } from '../../local/affinity';
import type { Cell, PlainCell } from '../../src/sync/cells/cell';
import type { Meeting } from './meeting';

export interface MeetingCase {
  /** Which two changes meet: here / in Affinity. */
  readonly kind: string;
  readonly situation: string;
  /** What stands at the end, in a sentence. */
  readonly outcome: string;
  readonly list?: number;
  readonly mine?: (at: Meeting) => void;
  readonly theirs?: (at: Meeting) => void;
  /** Runs the add-on and gives what is to be compared. */
  readonly end: (at: Meeting) => unknown;
  readonly expected: unknown;
}

const AMOUNT = 'Amount';

const computed = (shows: PlainCell): Cell => ({ formula: '=B1', shows });

/** After a refresh and a push: the cell, Affinity's value, and how many cells are still open. */
const both = (header: string) => (at: Meeting) => {
  at.refresh();
  at.push();
  return [at.cell(header), at.valueOf(header), at.preview().cells.map(({ state }) => state)];
};

/** After a push that may clear: its conflicts, Affinity's tags, and what the preview says of the cells that are still open. */
const heldTags = (at: Meeting) => [at.push(true).conflicts, at.tags(), at.preview().cells.map(({ state }) => state)];

const NEWCOMER = 'Zephyr Round A';

export const MEETING_CASES: readonly MeetingCase[] = [
  {
    kind: 'update / –',
    situation: 'A cell is edited here.',
    outcome: 'It waits, and a push sends it.',
    mine: (at) => at.type(AMOUNT, 111),
    end: both(AMOUNT),
    expected: [111, 111, []],
  },
  {
    kind: '– / update',
    situation: 'A value changes in Affinity.',
    outcome: 'A refresh brings it into the cell.',
    theirs: (at) => at.colleagueSets(AMOUNT, 222),
    end: both(AMOUNT),
    expected: [222, 222, []],
  },
  {
    kind: 'update / update, the same',
    situation: 'Both sides set the same value.',
    outcome: 'Both agree; nothing is sent.',
    mine: (at) => at.type(AMOUNT, 222),
    theirs: (at) => at.colleagueSets(AMOUNT, 222),
    end: both(AMOUNT),
    expected: [222, 222, []],
  },
  {
    kind: 'update / update, different',
    situation: 'Both sides set different values.',
    outcome: 'A conflict: each side keeps its own until somebody chooses.',
    mine: (at) => at.type(AMOUNT, 111),
    theirs: (at) => at.colleagueSets(AMOUNT, 222),
    end: both(AMOUNT),
    expected: [111, 222, ['conflict']],
  },
  {
    kind: 'clear / –',
    situation: 'A cell is emptied here.',
    outcome: 'Affinity keeps its value until a push is told to clear.',
    mine: (at) => at.type(AMOUNT, null),
    end: (at) => [...both(AMOUNT)(at).slice(1), at.push(true).cells, at.valueOf(AMOUNT)],
    expected: [expect.any(Number), ['cleared'], 1, undefined],
  },
  {
    kind: 'clear / update',
    situation: 'A cell is emptied here and changed in Affinity.',
    outcome: 'A conflict, held.',
    mine: (at) => at.type(AMOUNT, null),
    theirs: (at) => at.colleagueSets(AMOUNT, 222),
    end: both(AMOUNT),
    expected: [null, 222, ['conflict']],
  },
  {
    kind: 'update / clear',
    situation: 'A cell is edited here and its value is removed in Affinity.',
    outcome: 'A conflict, held.',
    mine: (at) => at.type(AMOUNT, 111),
    theirs: (at) => at.colleagueClears(AMOUNT),
    end: both(AMOUNT),
    expected: [111, undefined, ['conflict']],
  },
  {
    kind: 'clear / clear',
    situation: 'Both sides empty the cell.',
    outcome: 'Both agree.',
    mine: (at) => at.type(AMOUNT, null),
    theirs: (at) => at.colleagueClears(AMOUNT),
    end: both(AMOUNT),
    expected: [null, undefined, []],
  },
  {
    kind: 'update / delete',
    situation: 'A cell is edited here and its row is removed in Affinity.',
    outcome: 'The row stays with the edit, marked; nothing is sent, and nothing is made anew.',
    mine: (at) => at.type(AMOUNT, 111),
    theirs: (at) => at.colleagueRemovesRow(),
    end: (at) => [at.refresh().rowsGone, at.push().cells, at.cell(AMOUNT), at.status()],
    expected: [1, 0, 111, expect.stringMatching(/^No longer on this list in Affinity/)],
  },
  {
    kind: 'delete / –',
    situation: 'A row is deleted in the sheet.',
    outcome: 'Affinity keeps it, and the next refresh brings it back.',
    mine: (at) => at.deleteRow(),
    end: (at) => [at.push().cells, at.refresh().rowsAdded, at.cell(AMOUNT) === at.before],
    expected: [0, 1, true],
  },
  {
    kind: 'delete / update',
    situation: 'A row is deleted in the sheet and changed in Affinity.',
    outcome: 'The next refresh brings it back as it is in Affinity.',
    mine: (at) => at.deleteRow(),
    theirs: (at) => at.colleagueSets(AMOUNT, 222),
    end: (at) => [at.refresh().rowsAdded, at.cell(AMOUNT)],
    expected: [1, 222],
  },
  {
    kind: 'delete / delete',
    situation: 'A row is deleted in the sheet and removed in Affinity.',
    outcome: 'It is gone on both sides.',
    mine: (at) => at.deleteRow(),
    theirs: (at) => at.colleagueRemovesRow(),
    end: (at) => [at.refresh().rowsAdded, at.refresh().rowsGone, at.stage.ids().includes(at.id)],
    expected: [0, 0, false],
  },
  {
    kind: 'insert / –',
    situation: 'A row is typed into the table.',
    outcome: 'A push adds it in Affinity and writes its id into the row.',
    mine: (at) => void at.typeRow({ Name: NEWCOMER, Amount: 5 }),
    end: (at) => [at.refresh().rowsAdded, at.push().rowsAdded, at.preview().newRows, at.stage.ids().length],
    expected: [0, 1, [], 31],
  },
  {
    kind: 'insert / insert',
    situation: 'A row is typed here, and the same is added in Affinity meanwhile.',
    outcome: 'The typed row is tied to the one in Affinity; nothing is doubled, and its other cells wait to be sent.',
    mine: (at) => void at.typeRow({ Name: NEWCOMER, Amount: 5 }),
    theirs: (at) => void at.stage.colleague().opportunities.create({ body: { name: NEWCOMER, list_id: at.list } }),
    end: (at) => [at.refresh().rowsAdded, at.stage.ids().length, at.push(), at.preview().cells],
    expected: [0, 31, expect.objectContaining({ rowsAdded: 0, cells: 1 }), []],
  },
  {
    kind: 'insert / insert, here',
    situation: 'The same row is typed twice.',
    outcome: 'Neither is added, and both say so.',
    mine: (at) => {
      at.typeRow({ Name: NEWCOMER });
      at.typeRow({ Name: NEWCOMER });
    },
    end: (at) => [at.push(), at.preview().newRows.map(({ fate }) => fate)],
    expected: [expect.objectContaining({ rowsAdded: 0, rowsNotAdded: 2 }), ['refused', 'refused']],
  },
  {
    kind: 'insert / there already',
    situation: 'A row is typed that the table has already.',
    outcome: 'It is not added, and says which row it is; a second one is made only on explicit wish.',
    mine: (at) => void at.typeRow({ Name: at.cell('Name') }),
    end: (at) => [at.push(), at.preview().newRows.map(({ fate }) => fate)],
    expected: [expect.objectContaining({ rowsAdded: 0, rowsNotAdded: 1 }), ['repeat']],
  },
  {
    kind: 'copy / –',
    situation: 'A row is copied with its id.',
    outcome: 'Neither row is sent or refreshed until one is deleted.',
    mine: (at) => {
      at.type(AMOUNT, 111);
      at.stage.tab.rows.push({ cells: new Map(at.stage.row(at.id).cells), beside: '' });
    },
    end: (at) => [at.push().cells, at.valueOf(AMOUNT), at.status()],
    expected: [0, expect.any(Number), expect.stringMatching(/have the same Affinity row ID/)],
  },
  {
    kind: 'several values, added / added',
    situation: 'A value is added to a cell of several values here, and another one in Affinity.',
    outcome:
      'Both are kept: a push adds the one that Affinity lacks, and the cell then shows all. Order is no difference.',
    mine: (at) => {
      at.agreeOnTags('alpha; beta');
      at.type('Tags', 'gamma; beta; alpha');
    },
    theirs: (at) => at.colleagueAddsTag('delta'),
    end: (at) => {
      at.refresh();
      const [cell] = at.preview().cells;
      at.stage.affinity.counter.reset();
      at.push();
      const { writes } = at.stage.affinity.counter.read();
      return [cell?.state, cell?.says, writes, at.tags(), at.tagsShown(), at.preview().cells];
    },
    expected: [
      'pending',
      'Adds “gamma”. Keeps “delta”, which was added in Affinity.',
      1,
      ['alpha', 'beta', 'delta', 'gamma'],
      ['alpha', 'beta', 'delta', 'gamma'],
      [],
    ],
  },
  {
    kind: 'several values, removed / removed',
    situation: 'A value is removed here and another one in Affinity.',
    outcome: 'Neither comes back.',
    mine: (at) => {
      at.agreeOnTags('alpha; beta; gamma');
      at.type('Tags', 'gamma; beta');
    },
    theirs: (at) => at.colleagueRemovesTag('beta'),
    end: (at) => {
      const [cell] = at.preview().cells;
      at.push();
      return [cell?.says, at.tags(), at.tagsShown()];
    },
    expected: ['Removes “alpha”. Leaves out “beta”, which was removed in Affinity.', ['gamma'], ['gamma']],
  },
  {
    kind: 'several values, added / added, the same',
    situation: 'A value is added here that Affinity has by now, with another one.',
    outcome: 'Both agree: the cell takes what Affinity has, and nothing is sent.',
    mine: (at) => {
      at.agreeOnTags('alpha');
      at.type('Tags', 'alpha; beta');
    },
    theirs: (at) => {
      at.colleagueAddsTag('beta');
      at.colleagueAddsTag('gamma');
    },
    end: (at) => [at.refresh().rowsHeld, at.tagsShown(), at.preview().cells, at.push().cells],
    expected: [0, ['alpha', 'beta', 'gamma'], [], 0],
  },
  {
    kind: 'several values, cleared / added',
    situation: 'A cell of several values is emptied here, and one is added in Affinity.',
    outcome: 'A conflict, held: emptying means all of them, and nobody saw the new one.',
    mine: (at) => {
      at.agreeOnTags('alpha');
      at.type('Tags', null);
    },
    theirs: (at) => at.colleagueAddsTag('beta'),
    end: heldTags,
    expected: [1, ['alpha', 'beta'], ['conflict']],
  },
  {
    kind: 'several values, added / cleared',
    situation: 'A value is added here, and all are removed in Affinity.',
    outcome: 'A conflict, held.',
    mine: (at) => {
      at.agreeOnTags('alpha');
      at.type('Tags', 'alpha; beta');
    },
    theirs: (at) => at.colleagueRemovesTag('alpha'),
    end: heldTags,
    expected: [1, [], ['conflict']],
  },
  {
    kind: 'several values, removed / removed, to none',
    situation: 'Each side removes the value that the other one keeps.',
    outcome: 'A conflict, held: nobody emptied the cell.',
    mine: (at) => {
      at.agreeOnTags('alpha; beta');
      at.type('Tags', 'alpha');
    },
    theirs: (at) => at.colleagueRemovesTag('alpha'),
    end: heldTags,
    expected: [1, ['beta'], ['conflict']],
  },
  {
    kind: 'several values, reordered / –',
    situation: 'The values of a cell are put into another order, and one is written twice.',
    outcome: 'That is no change.',
    mine: (at) => {
      at.agreeOnTags('alpha; beta');
      at.type('Tags', 'beta; alpha;beta');
    },
    end: (at) => [at.preview().cells, at.push().cells, at.tags()],
    expected: [[], 0, ['alpha', 'beta']],
  },
  {
    kind: 'update / –, of one entity',
    situation: 'One of two rows of an organization is edited in a field that they share.',
    outcome:
      'The preview says that it shows on every list; it is sent once, and the other row takes it with the next refresh.',
    list: LIST_IDS.companies,
    mine: (at) => {
      const { shared } = twoRows(at);
      at.type(shared, 11);
    },
    end: (at) => {
      const { shared, other } = twoRowsOf(at);
      const said = at.preview().cells.map(({ isShared }) => isShared);
      at.stage.affinity.counter.reset();
      at.push();
      const { writes } = at.stage.affinity.counter.read();
      at.refresh();
      return [said, writes, at.cell(shared, other), at.preview().cells];
    },
    expected: [[true], 1, 11, []],
  },
  {
    kind: 'update / update, of one entity, the same',
    situation: 'Two rows of one organization say the same new thing in a field that they share.',
    outcome: 'It is sent once, for both.',
    list: LIST_IDS.companies,
    mine: (at) => {
      const { shared, other } = twoRows(at);
      at.type(shared, 11);
      at.type(shared, 11, other);
    },
    end: (at) => {
      at.stage.affinity.counter.reset();
      return [at.push().cells, at.stage.affinity.counter.read().writes, at.preview().cells];
    },
    expected: [2, 1, []],
  },
  {
    kind: 'update / update, of one entity, different',
    situation: 'Two rows of one organization say different things in a field that they share.',
    outcome: 'Neither is sent until they agree.',
    list: LIST_IDS.companies,
    mine: (at) => {
      const { shared, other } = twoRows(at);
      at.type(shared, 11);
      at.type(shared, 12, other);
    },
    end: (at) => [at.push().cells, at.preview().cells.map(({ state }) => state)],
    expected: [0, ['refused', 'refused']],
  },
  {
    kind: 'update of a locked cell',
    situation: 'A cell is edited that Affinity fills by itself.',
    outcome: 'The edit is refused with the reason and stays where it is.',
    mine: (at) => at.type('Name', 'Another name'),
    end: (at) => [at.push().cells, at.cell('Name'), at.preview().cells.map(({ state, problem }) => [state, problem])],
    expected: [0, 'Another name', [['refused', 'The name of the opportunity is changed in Affinity.']]],
  },
  {
    kind: 'formula / –',
    situation: 'A formula is typed into a cell of ours.',
    outcome:
      'Its result is sent only where that is chosen; the formula stays, and is no edit as long as its result does.',
    mine: (at) => at.type(AMOUNT, computed(2)),
    end: (at) => {
      const held = at.push();
      at.pushFormulas();
      return [held.formulasKept, at.valueOf(AMOUNT), at.cell(AMOUNT), at.preview().cells, at.refresh().cellsChanged];
    },
    expected: [1, 2, { formula: '=B1', shows: 2 }, [], 0],
  },
  {
    kind: 'formula, recomputed / –',
    situation: 'The result of a formula changes after it was sent.',
    outcome: 'It is an edit that has to be chosen again.',
    mine: (at) => {
      at.type(AMOUNT, computed(2));
      at.pushFormulas();
      at.type(AMOUNT, computed(3));
    },
    end: (at) => [at.push().cells, at.valueOf(AMOUNT), at.preview().cells.map(({ state, mine }) => [state, mine])],
    expected: [0, 2, [['formula', '3']]],
  },
  {
    kind: 'formula / update',
    situation: 'A value changes in Affinity under a formula whose result was sent.',
    outcome: 'A conflict, held; the formula stays.',
    mine: (at) => {
      at.type(AMOUNT, computed(2));
      at.pushFormulas();
    },
    theirs: (at) => at.colleagueSets(AMOUNT, 222),
    end: (at) => [
      at.refresh().rowsHeld,
      at.cell(AMOUNT),
      at.valueOf(AMOUNT),
      at.preview().cells.map(({ state }) => state),
    ],
    expected: [1, { formula: '=B1', shows: 2 }, 222, ['conflict']],
  },
  {
    kind: 'formula / update, the same',
    situation: 'Affinity gets the value that a formula here computes.',
    outcome: 'Both agree; the formula stays.',
    mine: (at) => at.type(AMOUNT, computed(222)),
    theirs: (at) => at.colleagueSets(AMOUNT, 222),
    end: (at) => [at.refresh().kind, at.cell(AMOUNT), at.preview().cells, at.push().cells],
    expected: ['done', { formula: '=B1', shows: 222 }, [], 0],
  },
  {
    kind: 'formula without a result / –',
    situation: 'A formula shows an error or refers to itself.',
    outcome: 'It is refused with a sentence and stays.',
    mine: (at) => at.type(AMOUNT, computed('#REF!')),
    end: (at) => [at.pushFormulas().cells, at.cell(AMOUNT), at.preview().cells.map(({ problem }) => problem)],
    expected: [0, { formula: '=B1', shows: '#REF!' }, [expect.stringMatching(/refers to itself/)]],
  },
  {
    kind: '– / option renamed',
    situation: 'An option is renamed in Affinity.',
    outcome: 'A refresh brings the new name; the value is the same, so nothing is sent.',
    theirs: (at) => renameOptions(at),
    end: (at) => [at.refresh().kind, at.cell('Status'), at.preview().cells],
    expected: ['done', expect.stringMatching(/^Renamed /), []],
  },
  {
    kind: 'update / option renamed',
    situation: 'The old name of an option is chosen here after it was renamed in Affinity.',
    outcome: 'The edit is refused with the options that there are.',
    mine: (at) => at.type('Status', at.cell('Status') === 'Won' ? 'Lost' : 'Won'),
    theirs: (at) => renameOptions(at),
    end: (at) => [at.push().cells, at.preview().cells.map(({ state, problem }) => [state, problem])],
    expected: [0, [['refused', expect.stringMatching(/^Affinity has no option "(Won|Lost)"\. /)]]],
  },
  {
    kind: 'update / type changed',
    situation: 'A field of numbers becomes one of text in Affinity.',
    outcome: 'An edit meets the new values as a conflict; cells without an edit take them.',
    mine: (at) => at.type(AMOUNT, 111),
    theirs: (at) => toText(at),
    end: (at) => {
      at.refresh();
      const other = at.stage.ids().find((id) => id !== at.id && at.cell(AMOUNT, id) !== null) ?? '';
      return [at.cell(AMOUNT), at.preview().cells.map(({ state }) => state), typeof at.cell(AMOUNT, other)];
    },
    expected: [111, ['conflict'], 'string'],
  },
  {
    kind: 'update / field deleted',
    situation: 'A field is deleted in Affinity.',
    outcome: 'Its column stays as it is; nothing is cleared and nothing is sent.',
    mine: (at) => at.type(AMOUNT, 111),
    theirs: (at) => {
      const { id } = at.field(AMOUNT);
      at.stage.affinity.world.fields.delete(id);
      at.stage.affinity.world.fieldValues.removeField(id);
    },
    end: (at) => [at.refresh().kind, at.push().cells, at.cell(AMOUNT)],
    expected: ['done', 0, 111],
  },
  {
    kind: 'update / permission lost',
    situation: 'The list is taken away from the person.',
    outcome: 'The run stops and says so; the sheet keeps every cell and every edit.',
    mine: (at) => at.type(AMOUNT, 111),
    theirs: (at) => takeAway(at),
    end: (at) => {
      const { kind, messages } = at.refresh();
      return [kind, messages[0], at.cell(AMOUNT), at.stage.ids().length];
    },
    expected: ['stopped', expect.stringMatching(/^Your Affinity user may not do this\./), 111, 30],
  },
  {
    kind: 'update / permission lost, before a push',
    situation: 'The list is taken away from the person while edits wait.',
    outcome: 'Nothing is sent, the person is told, and the edit waits.',
    mine: (at) => at.type(AMOUNT, 111),
    theirs: (at) => takeAway(at),
    end: (at) => [told(() => at.push()), at.cell(AMOUNT), at.stage.affinity.counter.read().writes],
    expected: [expect.stringMatching(/api\/forbidden/), 111, 0],
  },
  {
    kind: 'update / merged',
    situation: 'An organization is merged into another one while its row is edited.',
    outcome: 'The edit stays; after a refresh the row is the survivor’s, and a push sends the edit to it.',
    list: LIST_IDS.companies,
    mine: (at) => at.type(ownText(at), 'mine'),
    theirs: (at) => mergeAway(at),
    end: (at) => {
      const early = at.push();
      at.refresh();
      const late = at.push();
      return [early.cells, late.cells, at.valueOf(ownText(at)), at.preview().cells];
    },
    expected: [0, 1, 'mine', []],
  },
  {
    kind: 'update / merged, a person',
    situation: 'A person is merged into another one while their row is edited.',
    outcome: 'The same: the edit goes to the survivor after a refresh.',
    list: LIST_IDS.people,
    mine: (at) => at.type('Relationship', at.cell('Relationship') === 'Close' ? 'Warm' : 'Close'),
    theirs: (at) => {
      const { world } = at.stage.affinity;
      const onList = new Set([...world.entriesOf(at.list)].map(({ entity_id }) => entity_id));
      const survivor = [...world.persons.values()].find(({ id, type }) => type === 0 && !onList.has(id));
      at.stage.merge(0, at.entity(), survivor?.id ?? 0);
    },
    end: (at) => {
      const early = at.push();
      at.refresh();
      const late = at.push();
      return [early.cells, late.cells, at.cell('Relationship') === at.shown('Relationship'), at.preview().cells];
    },
    expected: [0, 1, true, []],
  },
  {
    kind: '– / merged, a person in a cell',
    situation: 'A person whom a cell names is merged into another one.',
    outcome: 'Nothing is sent, nothing is cleared, and the cell names whom Affinity names.',
    mine: (at) => {
      at.type('Lead Partner', 'Maya Lindqvist');
      at.push();
    },
    theirs: (at) => {
      at.stage.merge(0, 40_001, 40_003);
      at.colleagueSets('Lead Partner', 40_003);
    },
    end: (at) => [at.refresh().kind, at.cell('Lead Partner'), at.preview().cells, at.push().cells],
    expected: ['done', 'Grace Oyelaran', [], 0],
  },
];

/** What a run says that ends by a fault. */
const told = (run: () => unknown): string => {
  try {
    run();
    return 'ended well';
  } catch (fault) {
    return String(fault);
  }
};

/** The list is made private to somebody else. */
const takeAway = (at: Meeting): void => {
  const { lists } = at.stage.affinity.world;
  const list = lists.get(at.list);
  if (list !== undefined) lists.set(at.list, { ...list, public: false, owner_id: 1, additional_permissions: [] });
  at.stage.affinity.counter.reset();
};

/** The header of a number that all rows of an organization share, and the id of the organization's second row. */
const twoRowsOf = (at: Meeting): { readonly shared: string; readonly other: string } => {
  const { fields } = at.stage.affinity.world;
  const shared = at.stage.tab.columns.find(({ key, format, isEditable }) => {
    const field = fields.get(Number(key.slice('field.'.length)));
    return isEditable && format === 'number' && field?.list_id === null;
  });
  const other = [...at.stage.affinity.world.entriesOf(at.list)].find(
    ({ id, entity_id }) => entity_id === at.entity() && String(id) !== at.id,
  );
  return { shared: shared?.header ?? '', other: String(other?.id) };
};

/** Puts the organization on the list a second time. */
const twoRows = (at: Meeting): ReturnType<typeof twoRowsOf> => {
  at.stage.client().listEntries.create({ path: { list_id: at.list }, body: { entity_id: at.entity() } });
  at.refresh();
  return twoRowsOf(at);
};

const renameOptions = (at: Meeting): void => {
  const field = at.field('Status');
  const dropdown_options = field.dropdown_options.map((option) => ({ ...option, text: `Renamed ${option.text}` }));
  at.stage.affinity.world.fields.set(field.id, { ...field, dropdown_options });
};

/** What a change of a field's type leaves behind: the same values as texts. */
const toText = (at: Meeting): void => {
  const { world } = at.stage.affinity;
  const field = at.field(AMOUNT);
  const values = at.stage.ids().flatMap((id) => at.stored(AMOUNT, id) ?? []);
  world.fields.set(field.id, { ...field, value_type: 6 });
  for (const { id, value } of values) {
    at.stage
      .colleague()
      .fieldValues.update({ path: { field_value_id: id }, body: { value: `about ${String(value)}` } });
  }
};

/** A column of the list's own that holds one text. */
const ownText = (at: Meeting): string => {
  const { world } = at.stage.affinity;
  const own = [...world.fields.values()].find(
    (field) =>
      field.list_id === at.list &&
      field.value_type === 6 &&
      !field.allows_multiple &&
      field.enrichment_source === 'none',
  );
  if (own === undefined) throw new Error('no text column of its own');
  return own.name;
};

const mergeAway = (at: Meeting): void => {
  const { world } = at.stage.affinity;
  const survivor = [...world.organizations.values()].find(
    ({ id, isKnown }) => isKnown && ![...world.entriesOf(at.list)].some((entry) => entry.entity_id === id),
  );
  const merged = world.organizations.get(at.entity());
  if (survivor === undefined || merged === undefined) throw new Error('nobody to merge into');
  // Not even the name tells that the row is about another organization now.
  Object.assign(survivor, { name: merged.name, domain: merged.domain });
  at.stage.merge(1, merged.id, survivor.id);
};
