/** Menu commands that make or read something in Affinity beside the rows of a table. */
import { entitiesBehind, tableInFront } from '../sync/runs/activity';
import { availableLists, type Desk } from '../sync/runs/desk';
import {
  addOpportunity,
  addOrganization,
  addPerson,
  asCsv,
  createField,
  createList,
  eventsIn,
  guessType,
  identity,
  type NewList,
  ROLES,
  readFile,
  subscribe,
  uploadText,
} from '../sync/runs/manage-affinity';
import { chooseEntity, choosePerson } from './ask-scope';
import { guarded } from './guard';
import { chooseList, chooseOne } from './import-more';
import { askText, report } from './write-activity';

const ADD = 'Add a record';
const RECORDS = [{ name: 'A person' }, { name: 'An organization' }, { name: 'An opportunity' }] as const;
/** Affinity's number of the lists that hold opportunities. */
const OPPORTUNITIES = 8;

const partsOf = (text: string): readonly string[] => text.split(';').map((part) => part.trim());

export const addRecordCommand = (desk: Desk): void =>
  guarded(desk, ADD, () => {
    const kind = chooseOne(desk, ADD, 'What? Enter its number.', RECORDS);
    if (kind === null) return;
    const run = desk.openRun();
    if (kind === RECORDS[0]) {
      const text = askText(
        desk,
        ADD,
        'First name; last name; e-mail addresses, with ; between. Such as: Ada; Lovelace; ada@example.com',
      );
      if (text === null) return;
      const [first = '', last = '', ...emails] = partsOf(text);
      report(
        desk,
        ADD,
        addPerson(
          desk,
          run,
          first,
          last,
          emails.filter((email) => email !== ''),
        ),
        'person',
        'added',
      );
    } else if (kind === RECORDS[1]) {
      const text = askText(desk, ADD, 'Name; domain. Such as: Acme; acme.com');
      if (text === null) return;
      const [name = '', domain = ''] = partsOf(text);
      report(desk, ADD, addOrganization(desk, run, name, domain), 'organization', 'added');
    } else {
      const lists = availableLists(run).filter(({ type }) => type === OPPORTUNITIES);
      const list = chooseOne(desk, ADD, 'On which list? Enter its number or name.', lists);
      if (list === null) return;
      const name = askText(desk, ADD, `The name of the opportunity on “${list.name}”:`);
      if (name !== null) report(desk, ADD, addOpportunity(desk, run, name, list.id), 'opportunity', 'added');
    }
  });

const UPLOAD = 'Upload a file';
const SOURCES = [{ name: 'This tab, as CSV' }, { name: 'A text that you paste' }] as const;

export const uploadFileCommand = (desk: Desk): void =>
  guarded(desk, UPLOAD, () => {
    const source = chooseOne(desk, UPLOAD, 'What? Enter its number.', SOURCES);
    if (source === null) return;
    const run = desk.openRun();
    const [selected, ...others] = source === SOURCES[0] ? [] : entitiesBehind(tableInFront(desk)?.selected ?? []);
    const isOne = selected !== undefined && others.length === 0;
    const to = isOne ? { entity: selected, label: '' } : null;
    const named =
      to === null ? askText(desk, UPLOAD, 'To whom? Enter the name of one person, organization or opportunity.') : null;
    if (to === null && named === null) return;
    const target = to ?? chooseEntity(desk, run, UPLOAD, named ?? '');
    if (target === null) return;
    if (source === SOURCES[0]) {
      const { title, texts } = desk.workbook().activeTab();
      report(
        desk,
        UPLOAD,
        uploadText(desk, run, target.entity, `${title}.csv`, asCsv(texts), 'text/csv'),
        'file',
        'uploaded',
      );
      return;
    }
    const name = askText(desk, UPLOAD, 'The name of the file, such as summary.txt:');
    const content = name === null ? null : askText(desk, UPLOAD, 'The text:');
    if (name === null || content === null) return;
    report(desk, UPLOAD, uploadText(desk, run, target.entity, name, content, 'text/plain'), 'file', 'uploaded');
  });

const READ = 'Read the selected file';
/** Characters of a text file that one dialog shows. */
const SHOWN_CHARACTERS = 3_000;

export const readFileCommand = (desk: Desk): void =>
  guarded(desk, READ, () => {
    const front = tableInFront(desk);
    const [row] = front?.saved.dataset === 'files' ? front.selected : [];
    if (row === undefined) {
      desk.ui.say(READ, 'Select a file on a tab that shows files first.');
      return;
    }
    const { name, contentType, text, bytes } = readFile(desk.openRun(), Number(row.key));
    const shown =
      text === null
        ? 'It is no text, so it can’t be shown here. Open it in Affinity.'
        : text.length > SHOWN_CHARACTERS
          ? `${text.slice(0, SHOWN_CHARACTERS)}…`
          : text;
    desk.ui.say(`${READ}: ${name}`, `${contentType}, ${bytes} bytes\n\n${shown}`);
  });

const SUBSCRIBE = 'Subscribe a webhook';

export const subscribeCommand = (desk: Desk): void =>
  guarded(desk, SUBSCRIBE, () => {
    const url = askText(desk, SUBSCRIBE, 'The address that Affinity is to tell. It is tried at once.');
    if (url === null) return;
    const text = desk.ui.ask(SUBSCRIBE, 'Which events? Such as: note.created, list_entry.created. Empty means all.');
    if (text === null) return;
    const events = eventsIn(text);
    if (events === null) {
      desk.ui.say(SUBSCRIBE, `“${text.trim()}” names an event that Affinity does not know. Nothing was subscribed.`);
      return;
    }
    report(desk, SUBSCRIBE, subscribe(desk, desk.openRun(), url, events), 'webhook', 'subscribed');
  });

const CREATE_LIST = 'Create a list in Affinity';
const LIST_TYPES = [
  { name: 'People', type: 0 },
  { name: 'Organizations', type: 1 },
  { name: 'Opportunities', type: 8 },
] as const;

export const createListCommand = (desk: Desk): void =>
  guarded(desk, CREATE_LIST, () => {
    const tab = desk.workbook().activeTab().title;
    const answer = desk.ui.ask(CREATE_LIST, `The name of the list? Empty means the name of this tab, “${tab}”.`);
    if (answer === null) return;
    const type = chooseOne(desk, CREATE_LIST, 'What does it hold? Enter a number.', LIST_TYPES);
    if (type === null) return;
    const open = desk.ui.confirm(CREATE_LIST, 'May everybody in your firm see it?', 'yes-no-cancel');
    if (open === 'cancel') return;
    const run = desk.openRun();
    const owner = desk.ui.ask(CREATE_LIST, 'Who owns it? A colleague’s name; empty means you.');
    if (owner === null) return;
    const ownerId = owner.trim() === '' ? null : choosePerson(desk, run, CREATE_LIST, owner.trim());
    if (ownerId === null && owner.trim() !== '') return;
    const others = desk.ui.ask(
      CREATE_LIST,
      'Who else may work with it? Such as: Maya Lindqvist as admin; Paul Dubois as standard. Roles are admin, basic and standard; empty means nobody.',
    );
    if (others === null) return;
    const permissions: NewList['permissions'][number][] = [];
    for (const part of partsOf(others).filter((one) => one !== '')) {
      const [, name = '', role = ''] = /^(.*?)\s+as\s+(\w+)$/.exec(part) ?? [];
      const known = ROLES[role.toLowerCase()];
      if (known === undefined) {
        desk.ui.say(
          CREATE_LIST,
          `“${part}” is not understood. Write it like: Maya Lindqvist as admin. Nothing was made.`,
        );
        return;
      }
      const personId = choosePerson(desk, run, CREATE_LIST, name);
      if (personId === null) return;
      permissions.push({ personId, role: known });
    }
    const name = answer.trim() === '' ? tab : answer.trim();
    report(
      desk,
      CREATE_LIST,
      createList(desk, run, { name, type: type.type, isPublic: open === 'yes', ownerId, permissions }),
      'list',
      'made',
    );
  });

const CREATE_FIELD = 'Create a field from the selected column';

export const createFieldCommand = (desk: Desk): void =>
  guarded(desk, CREATE_FIELD, () => {
    const { texts, column } = desk.workbook().activeTab();
    const [name = '', ...cells] = texts.map((row) => row[column] ?? '');
    if (name.trim() === '') {
      desk.ui.say(CREATE_FIELD, 'Select a column with a header first. Nothing was made.');
      return;
    }
    const run = desk.openRun();
    const list = chooseList(desk, run, CREATE_FIELD);
    if (list === null) return;
    const { valueType, words } = guessType(cells);
    const question = `Create the field “${name.trim()}” on “${list.name}”? By what stands in the column it is of the type ${words}. Its values are not sent.`;
    if (desk.ui.confirm(CREATE_FIELD, question, 'ok-cancel') !== 'yes') return;
    report(desk, CREATE_FIELD, createField(desk, run, name.trim(), list, valueType), 'field', 'made');
  });

const WHO = 'Who am I, and what is left';

export const identityCommand = (desk: Desk): void =>
  guarded(desk, WHO, () => {
    const { name, email, firm, minute, month } = identity(desk.openRun());
    const left = (of: { readonly limit: number | null; readonly remaining: number | null }): string =>
      of.limit === null ? 'no limit' : `${of.remaining ?? 'an unknown number'} of ${of.limit}`;
    desk.ui.say(
      WHO,
      `${name === '' ? email : `${name} (${email})`}, ${firm}\n\nCalls left this minute: ${left(minute)}\nCalls left this month: ${month === null ? 'no limit' : left(month)}`,
    );
  });
