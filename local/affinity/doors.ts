/**
 * Behind what an analyst reaches each endpoint: menu commands of the add-on and the forms of the sidebar's page of notes, reminders
 * and interactions, by their captions. The product's own code is not searched for it: test/bundle/doors.test.ts walks through each
 * door and watches the emulator's counter of the endpoint.
 */
import type { Affinity } from '../../src/api/table';

/** One command or form, or more, that lead to a call. */
type Doors = { readonly [G in keyof Affinity]: { readonly [N in keyof Affinity[G]]: readonly string[] } };

const IMPORT = 'Import a list';
const REFRESH = 'Refresh from Affinity';
const PUSH = 'Push my edits';
const DELETE = 'Delete the selected rows in Affinity';
const activity = (caption: string): string => `Activity/${caption}`;
const form = (caption: string): string => `Sidebar/Notes, reminders, interactions/${caption}`;
const more = (caption: string): string => `More from Affinity/${caption}`;
const ADD = more('Add a record');
const FIELDS = more('Show lists and fields');
const TABLE = form('Show as a table');
const WHO = more('Who am I, and what is left');

export const DOORS: Doors = {
  lists: { all: [IMPORT, FIELDS], get: [IMPORT], create: [more('Create a list in Affinity')] },
  listEntries: { page: [IMPORT], get: [REFRESH], create: [PUSH], remove: [DELETE] },
  fields: {
    all: [IMPORT, FIELDS],
    create: [more('Create a field from the selected column')],
    remove: [DELETE],
  },
  fieldValues: { list: [IMPORT, REFRESH], create: [PUSH], update: [PUSH], remove: [PUSH] },
  fieldValueChanges: { list: [more('Show field history')] },
  persons: {
    search: [more('Show people')],
    get: [PUSH],
    create: [PUSH, ADD],
    update: [PUSH],
    remove: [DELETE],
    fields: [FIELDS],
  },
  organizations: {
    search: [more('Show organizations')],
    get: [PUSH],
    create: [PUSH, ADD],
    update: [PUSH],
    remove: [DELETE],
    fields: [FIELDS],
  },
  opportunities: {
    search: [more('Show opportunities')],
    get: [PUSH],
    create: [PUSH, ADD],
    update: [PUSH],
    remove: [DELETE],
  },
  interactions: {
    list: [activity('Show interactions'), TABLE],
    get: [PUSH],
    create: [PUSH, activity('Log an interaction'), form('Interaction')],
    update: [PUSH],
    remove: [DELETE],
  },
  relationshipStrengths: { list: [more('Show relationship strengths')] },
  notes: {
    list: [activity('Show notes'), TABLE],
    get: [PUSH],
    create: [PUSH, activity('Write a note'), activity('Reply to the selected note'), form('Note'), form('Reply')],
    update: [PUSH],
    remove: [DELETE],
  },
  entityFiles: {
    list: [more('Show files')],
    get: [REFRESH],
    download: [more('Read the selected file')],
    upload: [more('Upload a file')],
  },
  reminders: {
    list: [activity('Show reminders'), TABLE],
    get: [PUSH, activity('Complete the selected reminders')],
    create: [PUSH, activity('Make a reminder'), form('Reminder')],
    update: [PUSH, activity('Complete the selected reminders')],
    remove: [DELETE],
  },
  webhooks: {
    all: [more('Show webhooks')],
    get: [PUSH],
    create: [PUSH, more('Subscribe a webhook')],
    update: [PUSH],
    remove: [DELETE],
  },
  account: { whoami: ['Connect to Affinity', WHO], rateLimit: [WHO] },
};
